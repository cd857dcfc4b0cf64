// SPDX-License-Identifier: GPL-3.0-or-later
// What a person settles before a run starts: one version a release, what is there now, and what is
// blocked.
#include "models/health/probereading.h"
#include "models/run/rollbackplan.h"
#include "models/runbook/runbookparser.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakehostservice.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"
#include "ui/run/startsheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace models;

namespace tests {

namespace {

constexpr int patience = 30'000; // ms

Workspace shop() {
    Workspace workspace = parseWorkspace(
        "gantry: 1\nid: shop\nname: Shop\nenvironments:\n  demo:\n"
        "    hosts: { web-1: { ssh: web-1.example.com } }\n    default_host: web-1\n"
        "    services:\n"
        "      page: { version: { http: \"http://page.example.com/version\", field: commit } }\n"
        "      proxy: { version: { http: \"http://proxy.example.com/version\", field: commit } "
        "}\n");
    workspace.root = QStringLiteral("/srv/shop");
    return workspace;
}

PlanPointer planOf(const Workspace& workspace, const Target& target = {}) {
    const Runbook runbook = parseRunbook("# Release\n\n## Deploy\n\n- [ ] Deploy\n\n  ```sh\n"
                                         "  deploy $TARGET_VERSION\n  ```\n");
    return std::make_shared<Plan>(
        makePlan(runbook, planContext(workspace, QStringLiteral("release.md"),
                                      QStringLiteral("demo"), {}, target)));
}

} // namespace

class TestStartSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { ui::Theme::instance().install(*qApp); }
    void init() {
        QVERIFY(shop().diagnostics.isEmpty());
        m_parts = std::make_unique<Parts>();
        m_parts->health.trust.vouchFor(shop().root);
    }
    void cleanup() {
        m_sheet.reset();
        m_parts.reset();
    }

    void oneReleaseIsAskedForOnce() {
        open();
        QLineEdit* const both = field("Target of page and proxy");
        QVERIFY(both);
        QTest::keyClicks(both, QStringLiteral("v2"));
        QCOMPARE(m_sheet->answer().target, bothAt("v2"));
        QTest::mouseClick(button("separateTargets"), Qt::LeftButton);
        QVERIFY(!button("separateTargets")->isVisible());
        QVERIFY(!field("Target of page and proxy"));
        QCOMPARE(field("Target of page")->text(), QStringLiteral("v2"));
        field("Target of proxy")->setText(QStringLiteral("v3"));
        QCOMPARE(m_sheet->answer().target.value(QStringLiteral("proxy")), QStringLiteral("v3"));
        // The plan that arrives meanwhile is of the same environment.
        m_sheet->setPreview(initialState(planOf(shop())));
        QCOMPARE(field("Target of proxy")->text(), QStringLiteral("v3"));
    }

    void whatIsThereNowStandsBeside() {
        m_parts->health.versions.watch(shop());
        open();
        const auto words = [this] {
            return m_sheet->findChild<QLabel*>(QStringLiteral("presentVersion"))->text();
        };
        QCOMPARE(words(), QStringLiteral("Now page not known; proxy not known."));
        QTRY_COMPARE_WITH_TIMEOUT(m_parts->health.prober.asked.size(), 2U, patience);
        answerAll("1111111a");
        QTRY_COMPARE_WITH_TIMEOUT(words(), QStringLiteral("Now 1111111a, seen now."), patience);
    }

    void aBlockedVersionCannotBeStarted() {
        const RunId run = blockedRun("v2");
        open();
        // The run that was taken back is open still, which asks for a reason of its own.
        m_sheet->findChild<QLineEdit*>(QStringLiteral("overrideReason"))
            ->setText(QStringLiteral("The last one is watched to its end"));
        QTRY_VERIFY_WITH_TIMEOUT(button("startRun")->isEnabled(), patience);
        QWidget* const block = m_sheet->findChild<QWidget*>(QStringLiteral("blockedVersion"));
        QVERIFY(!block->isVisible());
        QLineEdit* const both = field("Target of page and proxy");
        both->setText(QStringLiteral("2"));
        QTRY_VERIFY_WITH_TIMEOUT(block->isVisible(), patience);
        QVERIFY(!button("startRun")->isEnabled());
        QString told;
        for (const QLabel* label : block->findChildren<QLabel*>())
            told += label->text() + u'\n';
        for (const char* part : {"2 is blocked in demo", "since ", "by ", "Errors"})
            QVERIFY2(told.contains(QLatin1String(part)), qPrintable(told));
        QSignalSpy asked(m_sheet.get(), &ui::StartSheet::liftRequested);
        QTest::mouseClick(button("liftBlock"), Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().first().value<app::RunSummary>().id, run);
        m_sheet->showRefusal(run, {ErrorCode::Locked, QStringLiteral("Held elsewhere."), {}});
        const auto shown = block->findChildren<QLabel*>();
        QVERIFY(std::any_of(shown.begin(), shown.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == QLatin1String("Held elsewhere.");
        }));
        both->setText(QStringLiteral("v3"));
        QTRY_VERIFY_WITH_TIMEOUT(!block->isVisible(), patience);
        QVERIFY(button("startRun")->isEnabled());
        both->setText(QStringLiteral("v2"));
        QVERIFY(!button("startRun")->isEnabled()); // at once, whatever is still looked at
    }

private:
    struct Parts {
        Parts() { preflight.attend(health.contracts, health.versions); }

        FakeJournal journal;
        MemorySecretStore secrets;
        FakeHost place;
        app::RunService runs{journal, secrets, [this](const PlanContext&, const QString&) {
                                 return std::make_unique<FakePlace>(place);
                             }};
        FakeHostService hosts;
        FakeHealth health;
        app::PreflightService preflight{{hosts, health.looker, runs, health.trust, journal}};
    };

    static Target bothAt(const char* version) {
        return {{QStringLiteral("page"), QLatin1String(version)},
                {QStringLiteral("proxy"), QLatin1String(version)}};
    }
    void open() {
        const PlanPointer plan = planOf(shop());
        m_parts->preflight.begin(shop(), plan);
        m_sheet = std::make_unique<ui::StartSheet>(shop(), initialState(plan), nullptr);
        m_sheet->showPreflight(m_parts->preflight);
        m_sheet->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_sheet.get()));
    }
    /// A run of this version that was taken back.
    RunId blockedRun(const char* version) {
        const PlanPointer plan = planOf(shop(), bothAt(version));
        const auto started = m_parts->runs.start(plan, {});
        if (!QTest::qWaitFor([&] { return started.isFinished(); }, patience))
            return {};
        const RunId run = *started.result();
        const auto state = [&] { return m_parts->runs.state(run); };
        const auto reach = [](auto reached) { return QTest::qWaitFor(reached, patience); };
        if (!reach([&] { return state() != nullptr; }))
            return {};
        m_parts->runs.startStep(run, plan->steps.first().step.id);
        if (!reach([&] { return rollbackRefusal(*state()).isEmpty(); }))
            return {};
        m_parts->runs.startRollback(run, QStringLiteral("Errors"), {});
        return reach([&] { return state()->releaseBlock.has_value(); }) ? run : RunId();
    }
    void answerAll(const QByteArray& commit) {
        for (FakeProber::Asked& asked : std::exchange(m_parts->health.prober.asked, {})) {
            ProbeReply reply;
            reply.outcome = ProbeReply::Outcome::Answered;
            reply.at = asked.due;
            reply.status = 200;
            readBody("{\"commit\":\"" + commit + "\"}", BodyEnd::Whole, reply);
            asked.done(reply);
        }
    }
    [[nodiscard]] QLineEdit* field(const char* name) const {
        for (QLineEdit* edit : m_sheet->findChildren<QLineEdit*>()) {
            if (edit->accessibleName() == QLatin1String(name))
                return edit;
        }
        return nullptr;
    }
    [[nodiscard]] ui::ActionButton* button(const char* name) const {
        return m_sheet->findChild<ui::ActionButton*>(QLatin1String(name));
    }

    std::unique_ptr<Parts> m_parts;
    std::unique_ptr<ui::StartSheet> m_sheet;
};

} // namespace tests

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QApplication application(argc, argv);
    tests::TestStartSheet test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_startsheet.moc"
