// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/preflight/preflightservice.h"
#include "models/run/rollbackplan.h"
#include "models/runbook/runbookparser.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakehostservice.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/temporaryhome.h"

#include <QSignalSpy>
#include <QTest>

using namespace models;
using app::HostCheck;
using app::HostReport;

namespace {

constexpr int patience = 20'000; // ms
constexpr Instant now{1'700'000'000'000'000'000};

Workspace workspaceOfTwoHosts() {
    Workspace workspace =
        parseWorkspace("gantry: 1\nid: shop\nname: Shop\nenvironments:\n"
                       "  prod:\n    hosts:\n      web-1: { ssh: web-1.example.com }\n"
                       "      web-2: { ssh: web-2.example.com }\n    freeze:\n"
                       "      - { from: \"2023-11-14T00:00:00Z\", "
                       "until: \"2023-11-15T00:00:00Z\", reason: Sale }\n");
    workspace.root = QStringLiteral("/nowhere");
    return workspace;
}

PlanPointer planOf(const Workspace& workspace) {
    const Runbook runbook = parseRunbook("# Go live\n\n## Deploy\n\n- [ ] Pull\n\n  ```sh "
                                         "{\"on\":\"web-1\"}\n  docker pull x\n  ```\n");
    return std::make_shared<Plan>(
        makePlan(runbook, planContext(workspace, QStringLiteral("deploy.md"),
                                      QStringLiteral("prod"), {}, {})));
}

HostReport reportOf(const QString& ssh, const QList<HostCheck>& checks) {
    HostReport report;
    report.host.ssh = ssh;
    report.checks = checks;
    report.at = now;
    report.isComplete = true;
    return report;
}

HostCheck checkOf(HostCheck::Kind kind, Verdict verdict, const char* words) {
    HostCheck check;
    check.kind = kind;
    check.verdict = verdict;
    (verdict == Verdict::Pass ? check.value : check.reason) = QString::fromUtf8(words);
    return check;
}

} // namespace

class TestPreflightService : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_parts = std::make_unique<Parts>();
        m_workspace = workspaceOfTwoHosts();
        m_plan = planOf(m_workspace);
    }

    void hostsAreLeftAloneBeforeTrust() {
        m_parts->preflight.begin(m_workspace, m_plan);
        QVERIFY(m_parts->hosts.checked.isEmpty());
        m_parts->preflight.checkHosts();
        QCOMPARE(m_parts->hosts.checked.size(), 2);
    }

    void hostsAreLookedAtOnceTrusted() {
        m_parts->health.trust.vouchFor(m_workspace.root);
        m_parts->preflight.begin(m_workspace, m_plan);
        QCOMPARE(m_parts->hosts.checked.size(), 2);
        QSignalSpy changed(&m_parts->preflight, &app::PreflightService::changed);
        Q_EMIT m_parts->hosts.reported(
            reportOf(QStringLiteral("web-1.example.com"),
                     {checkOf(HostCheck::Kind::Authentication, Verdict::Fail, "Refused.")}));
        QCOMPARE(changed.count(), 1);
        const PreflightLine host = line(PreflightTopic::Hosts);
        QCOMPARE(host.subject, QStringLiteral("web-1"));
        QCOMPARE(host.verdict, Verdict::Fail);
        QCOMPARE(host.reason, QStringLiteral("Refused."));
        QCOMPARE(host.at, now);
    }

    void theWorstCheckIsTold_data() {
        QTest::addColumn<QList<HostCheck>>("checks");
        QTest::addColumn<bool>("isComplete");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<QString>("reason");
        const HostCheck good = checkOf(HostCheck::Kind::RoundTrip, Verdict::Pass, "24 ms");
        const HostCheck unknown =
            checkOf(HostCheck::Kind::Clock, Verdict::Unknown, "No date there.");
        const HostCheck bad = checkOf(HostCheck::Kind::Survival, Verdict::Fail, "It was ended.");
        const auto row = [](const char* name, const QList<HostCheck>& checks, bool isComplete,
                            Verdict verdict, const char* reason) {
            QTest::newRow(name) << checks << isComplete << verdict << QString::fromUtf8(reason);
        };
        row("nothing yet", {}, false, Verdict::Unknown, "It is being looked at.");
        row("good so far", {good}, false, Verdict::Unknown, "It is being looked at.");
        row("good", {good}, true, Verdict::Pass, "It can do what steps need, 24 ms away.");
        row("unknown", {good, unknown}, true, Verdict::Unknown, "No date there.");
        row("bad behind unknown", {unknown, bad}, true, Verdict::Fail, "It was ended.");
        row("bad already", {bad}, false, Verdict::Fail, "It was ended.");
    }
    void theWorstCheckIsTold() {
        QFETCH(QList<HostCheck>, checks);
        QFETCH(bool, isComplete);
        HostReport report = reportOf(QStringLiteral("web-1.example.com"), checks);
        report.isComplete = isComplete;
        const HostFinding finding = app::hostFinding(report);
        QTEST(finding.verdict, "verdict");
        QTEST(finding.reason, "reason");
    }

    void hostsTellOfTheirLockAndTheirRoom() {
        m_parts->preflight.begin(m_workspace, m_plan);
        QVERIFY(m_parts->health.looker.asked.empty());
        m_parts->preflight.checkHosts();
        QCOMPARE(m_parts->health.looker.asked.size(), std::size_t(1)); // the one that it changes
        QCOMPARE(m_parts->health.looker.asked[0].host.name, QStringLiteral("web-1"));
        QCOMPARE(m_parts->health.looker.asked[0].environment, QStringLiteral("prod"));
        QVERIFY(!m_parts->preflight.isSettled());
        app::HostLook look;
        look.lock = {Verdict::Fail, QStringLiteral("It is locked by Lead."), {}, now};
        look.disks = {{QStringLiteral("web-1"), QStringLiteral("home"), 100, {}, now}};
        m_parts->health.looker.asked[0].done(look);
        QCOMPARE(line(PreflightTopic::Lock).reason, look.lock.reason);
        QVERIFY(line(PreflightTopic::Lock).objects);
        QCOMPARE(line(PreflightTopic::Disk).verdict, Verdict::Fail);
        // What was asked for an earlier plan is not taken for this one.
        m_parts->preflight.begin(m_workspace, planOf(m_workspace));
        m_parts->health.looker.asked[0].done(look);
        QCOMPARE(line(PreflightTopic::Lock).verdict, Verdict::Unknown);
    }

    void aFreezeOfTheEnvironmentObjects() {
        m_parts->preflight.begin(m_workspace, m_plan);
        QVERIFY(line(PreflightTopic::Freeze).objects);
        QVERIFY(line(PreflightTopic::Freeze).reason.contains(QStringLiteral("Sale")));
    }

    void aFreezeThatCannotBeReadObjects() {
        m_workspace.environments[0].freezes.clear();
        m_workspace.environments[0].unreadFreezes = {
            {5, 2, Severity::Error, QStringLiteral("It has no end.")}};
        m_parts->preflight.begin(m_workspace, m_plan);
        QVERIFY(line(PreflightTopic::Freeze).objects);
        QVERIFY(line(PreflightTopic::Freeze)
                    .reason.startsWith(QStringLiteral("Line 5, column 2: It has no end.")));
    }

    void whatGantryYamlDoesNotSayForSureObjects() {
        m_parts->preflight.begin(m_workspace, m_plan);
        const auto ofFile = [this] {
            for (const PreflightLine& line : m_parts->preflight.lines(initialState(m_plan), {})) {
                if (line.subject == QStringLiteral("gantry.yaml"))
                    return line;
            }
            return PreflightLine();
        };
        QVERIFY(!ofFile().objects);
        m_workspace.diagnostics = {
            {2, 1, Severity::Warning, QStringLiteral("A remark.")},
            {5, 2, Severity::Error, QStringLiteral("A tab indents this line.")}};
        m_parts->preflight.begin(m_workspace, m_plan);
        QCOMPARE(ofFile().verdict, Verdict::Fail);
        QCOMPARE(ofFile().reason, QStringLiteral("Line 5, column 2: A tab indents this line."));
        QVERIFY(ofFile().objects);
    }

    void aProtectedEnvironmentWantsAPassedRunOfTheOneBefore() {
        m_workspace.environments[0].isProtected = true;
        m_workspace.environments[0].promoteFrom = QStringLiteral("dev");
        m_parts->preflight.begin(m_workspace, m_plan);
        const Target target{{QString(), QStringLiteral("v1.5.0")}};
        const auto promotion = [&] {
            for (const PreflightLine& line :
                 m_parts->preflight.lines(initialState(m_plan), target)) {
                if (line.topic == PreflightTopic::Promotion)
                    return line;
            }
            return PreflightLine();
        };
        QTRY_COMPARE_WITH_TIMEOUT(promotion().verdict, Verdict::Fail, patience);
        QCOMPARE(promotion().reason, QStringLiteral("No run in dev has passed."));
        QVERIFY(promotion().objects);
        // Without a target nothing can be looked for, and what is not known does not pass.
        QCOMPARE(line(PreflightTopic::Promotion).verdict, Verdict::Unknown);
        QVERIFY(line(PreflightTopic::Promotion).objects);
    }

    void whatWasTakenBackIsToldBeforeItIsRefused() {
        const Target target{{QString(), QStringLiteral("v1.5.0")}};
        const auto plan = std::make_shared<Plan>(*m_plan);
        plan->context.target = target;
        const auto started = m_parts->runs.start(plan, {});
        QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), patience);
        const RunId run = *started.result();
        QTRY_VERIFY_WITH_TIMEOUT(m_parts->runs.state(run) != nullptr, patience);
        const auto release = [&] {
            for (const PreflightLine& line :
                 m_parts->preflight.lines(initialState(m_plan), target)) {
                if (line.topic == PreflightTopic::Release)
                    return line;
            }
            return PreflightLine();
        };
        m_parts->preflight.begin(m_workspace, m_plan);
        QTRY_COMPARE_WITH_TIMEOUT(release().verdict, Verdict::Pass, patience);
        m_parts->runs.startStep(run, m_plan->steps.first().step.id);
        const auto hasChanged = [&] { return models::rollbackRefusal(*m_parts->runs.state(run)); };
        QTRY_COMPARE_WITH_TIMEOUT(hasChanged(), QString(), patience);
        m_parts->runs.startRollback(run, QStringLiteral("Errors"), {});
        QTRY_VERIFY_WITH_TIMEOUT(m_parts->runs.state(run)->releaseBlock, patience);
        m_parts->preflight.begin(m_workspace, m_plan);
        QTRY_COMPARE_WITH_TIMEOUT(release().verdict, Verdict::Fail, patience);
        QVERIFY(release().reason.contains(QStringLiteral("blocked")));
        // Of any service, and however the version is written.
        const auto block = [&](const QString& service, const QString& version) {
            const auto found = m_parts->preflight.block({{service, version}});
            return found ? found->id : RunId();
        };
        QCOMPARE(block({}, QStringLiteral("v1.5.0")), run);
        QCOMPARE(block(QStringLiteral("portal"), QStringLiteral("1.5.0")), run);
        QCOMPARE(block(QStringLiteral("portal"), QStringLiteral("v1.5.1")), RunId());
        QCOMPARE(block({}, {}), RunId());
        const auto told = m_parts->preflight.block(target);
        QVERIFY(told->blockReason.contains(QStringLiteral("Errors")));
        QVERIFY(!told->blockedBy.isEmpty());
        QVERIFY(!told->blockedAt.isNull());
    }

    void anOpenRunObjectsOnceItHasChangedSomething() {
        const auto started = m_parts->runs.start(m_plan, {});
        QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), patience);
        const RunId run = *started.result();
        QTRY_VERIFY_WITH_TIMEOUT(m_parts->runs.state(run) != nullptr, patience);
        QSignalSpy changed(&m_parts->preflight, &app::PreflightService::changed);
        m_parts->preflight.begin(m_workspace, m_plan);
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 2, patience); // and the runs are known
        // Nobody has looked at the host.
        QCOMPARE(line(PreflightTopic::Lock).verdict, Verdict::Unknown);
        QVERIFY2(lockHere().reason.contains(QStringLiteral("0 of 1 steps done, and has changed")),
                 qPrintable(lockHere().reason));
        const StepId step = m_plan->steps.first().step.id;
        m_parts->runs.skipStep(run, step, QStringLiteral("Not today"));
        const auto isSkipped = [&] {
            return m_parts->runs.state(run)->step(step).status == StepStatus::Skipped;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSkipped(), patience);
        m_parts->preflight.begin(m_workspace, m_plan);
        QTRY_VERIFY2_WITH_TIMEOUT(
            lockHere().reason.contains(QStringLiteral("1 of 1 steps done, and has changed")),
            qPrintable(lockHere().reason), patience);
        QCOMPARE(lockHere().verdict, Verdict::Pass);
        m_parts->runs.reopenStep(run, step);
        m_parts->runs.startStep(run, step);
        const auto hasChanged = [&] { return models::rollbackRefusal(*m_parts->runs.state(run)); };
        QTRY_COMPARE_WITH_TIMEOUT(hasChanged(), QString(), patience);
        m_parts->preflight.begin(m_workspace, m_plan);
        QTRY_COMPARE_WITH_TIMEOUT(lockHere().verdict, Verdict::Fail, patience);
        QVERIFY(line(PreflightTopic::Lock).objects);
    }

private:
    struct Parts {
        Parts() { preflight.attend(health.contracts, health.versions); }

        tests::FakeJournal journal;
        tests::MemorySecretStore secrets;
        tests::FakeHost place;
        app::RunService runs{journal, secrets, [this](const PlanContext&, const QString&) {
                                 return std::make_unique<tests::FakePlace>(place);
                             }};
        tests::FakeHostService hosts;
        tests::FakeHealth health;
        app::PreflightService preflight{{hosts, health.looker, runs, health.trust, journal},
                                        [] { return now; }};
    };

    /// What is known here of who changes the environment.
    [[nodiscard]] PreflightLine lockHere() const {
        for (const PreflightLine& line : m_parts->preflight.lines(initialState(m_plan), {})) {
            if (line.topic == PreflightTopic::Lock && line.subject.isEmpty())
                return line;
        }
        return {};
    }
    /// The first of a topic.
    [[nodiscard]] PreflightLine line(PreflightTopic topic) const {
        for (const PreflightLine& line : m_parts->preflight.lines(initialState(m_plan), {})) {
            if (line.topic == topic)
                return line;
        }
        return {};
    }

    std::unique_ptr<Parts> m_parts;
    Workspace m_workspace;
    PlanPointer m_plan;
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestPreflightService test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_preflightservice.moc"
