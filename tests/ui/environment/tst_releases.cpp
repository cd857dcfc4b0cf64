// SPDX-License-Identifier: GPL-3.0-or-later
// Runs, certificates and risks on the page of environments.
#include "tests/support/releaseplan.h"
#include "tests/ui/environment/pagetest.h"
#include "ui/environment/releaserows.h"
#include "ui/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tests {

namespace {

constexpr int patience = 30'000; ///< ms
constexpr std::int64_t day = 86'400'000'000'000;

models::Workspace shop(const QByteArray& more = {}) {
    models::Workspace workspace = models::parseWorkspace(
        "gantry: 1\nid: shop\nname: Shop\nenvironments:\n  prod:\n    services:\n"
        "      portal: { health: { tls: \"portal.example.com:443\", pass: \"tls.expires_in > 14d\" "
        "} }\n"
        "      api: { health: { tls: \"api.example.com:443\", pass: \"tls.expires_in > 14d\" } }\n"
        "  dev: { services: { portal: { health: { tcp: \"127.0.0.1:1\" } } } }\n" +
        more);
    workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
    return workspace;
}

models::PlanPointer planWithRisks() {
    models::PlanContext context = releaseContext();
    context.risks = {{u"Sessions are dropped"_qs, {}, 1}, {u"The cache is cold"_qs, {}, 2}};
    return releasePlan(context);
}

} // namespace

class TestReleases : public PageTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        ui::Theme::instance().install(*qApp);
        qRegisterMetaType<app::OpenWorkspace*>();
    }
    void init() { QVERIFY(showPage({1200, 800})); }
    void cleanup() {
        m_tester.reset();
        dropPage();
    }

    void saysWhereNothingRanYet() {
        show(shop());
        QTRY_VERIFY2_WITH_TIMEOUT(heard(0) == u"Runs, None yet"_qs, qPrintable(heard(0)), patience);
    }

    void aRunThatGoesOnIsOpenedByAClickAndByReturn() {
        show(shop());
        QSignalSpy opened(m_page.get(), &ui::EnvironmentPage::runRequested);
        const models::RunId run = start(releasePlan());
        QTRY_VERIFY2_WITH_TIMEOUT(
            heard(0).startsWith(u"Release, Open, step 1 of 2: deploy, began "_qs),
            qPrintable(heard(0)), patience);
        click(0);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].value<models::RunId>(), run);
        list().setFocus();
        list().setCurrentIndex(list().model()->index(0, 0));
        QTest::keyClick(&list(), Qt::Key_Return);
        QCOMPARE(opened.size(), 2);
    }

    void whatBecomesOfARunIsTold() {
        show(shop());
        const models::RunId run = start(releasePlan());
        m_runs->runs.setPaused(run, true);
        QTRY_VERIFY2_WITH_TIMEOUT(heard(0).startsWith(u"Release, Paused"_qs), qPrintable(heard(0)),
                                  patience);
        m_runs->runs.setPaused(run, false);
        m_runs->runs.markPassed(run, models::StepId(u"deploy"_qs), u"seen"_qs);
        QTRY_VERIFY2_WITH_TIMEOUT(heard(0).contains(u"step 2 of 2: check"_qs), qPrintable(heard(0)),
                                  patience);
        m_runs->runs.close(run, models::RunOutcome::Aborted, u"it is late"_qs);
        QTRY_VERIFY2_WITH_TIMEOUT(heard(0).startsWith(u"Release, Aborted, ended "_qs),
                                  qPrintable(heard(0)), patience);
        // Another one begins above it.
        start(releasePlan());
        QTRY_COMPARE_WITH_TIMEOUT(heard(0).section(u',', 0, 1), u"Release, Open"_qs, patience);
        QCOMPARE(heard(1).section(u',', 0, 1), u"Release, Aborted"_qs);
    }

    void aStepThatWasLeftOutForNowKeepsItsNumber() {
        show(shop());
        const models::RunId run = start(releasePlan());
        m_runs->runs.markPassed(run, models::StepId(u"check"_qs), u"seen"_qs);
        QTRY_VERIFY2_WITH_TIMEOUT(
            m_runs->runs.state(run) != nullptr &&
                models::progressOf(*m_runs->runs.state(run), models::Lane::Main).done == 1 &&
                heard(0).contains(u"step 1 of 2: deploy"_qs),
            qPrintable(heard(0)), patience);
    }

    void runsOfOtherEnvironmentsAreNotMixedIn() {
        models::Workspace other = shop();
        other.id = u"other"_qs;
        show(other);
        start(releasePlan());
        QSignalSpy read(&m_runs->feed, &app::RunFeed::changed);
        m_runs->feed.read();
        QTRY_VERIFY_WITH_TIMEOUT(!read.isEmpty() && !m_runs->feed.runs()->isEmpty(), patience);
        QCOMPARE(heard(0), u"Runs, None yet"_qs);
    }

    void runsThatWereNotReadAreUnknown() {
        const app::RunFeed unread(m_runs->runs);
        const auto rows = ui::runRows(unread, u"shop"_qs, u"prod"_qs);
        QCOMPARE(rows.size(), 1U);
        QCOMPARE(rows[0].word, u"Unknown"_qs);
    }

    void theCertificateThatEndsFirstIsTold() {
        show(shop());
        QVERIFY2(heard(1).startsWith(u"Certificate of api, Unknown"_qs) ||
                     heard(1).startsWith(u"Certificate of portal, Unknown"_qs),
                 qPrintable(heard(1)));
        answer(u"portal"_qs, 90);
        // What was not seen may end sooner.
        QVERIFY2(heard(1).startsWith(u"Certificate of portal, Ends in 8"_qs) &&
                     heard(1).contains(u"1 of 2 not seen"_qs),
                 qPrintable(heard(1)));
        QCOMPARE(row(1).glyph, ui::Glyph::Unknown);
        answer(u"api"_qs, 40);
        QVERIFY2(heard(1).startsWith(u"Certificate of api, Ends in 39 days, limit 14 days, "
                                     "warns below 21 days"_qs),
                 qPrintable(heard(1)));
        QCOMPARE(row(1).glyph, ui::Glyph::Passed);
    }

    void aCertificateWarnsBeforeItFails() {
        show(shop());
        answer(u"portal"_qs, 20);
        answer(u"api"_qs, 40);
        QVERIFY2(heard(1).startsWith(u"Certificate of portal, Ends in 19 days"_qs),
                 qPrintable(heard(1)));
        QCOMPARE(row(1).glyph, ui::Glyph::Warning);
        QCOMPARE(row(1).tone, ui::Colour::Warn);
        // So does its service, and with it the head of the environment.
        QVERIFY2(words().contains(u"Warning"_qs), qPrintable(words()));
    }

    void aCertificateBelowItsLimitFails() {
        show(shop());
        answer(u"portal"_qs, 12);
        answer(u"api"_qs, 40);
        QVERIFY2(heard(1).startsWith(u"Certificate of portal, Ends in 11 days"_qs),
                 qPrintable(heard(1)));
        QCOMPARE(row(1).glyph, ui::Glyph::Failed);
        QCOMPARE(row(1).tone, ui::Colour::Fail);
        click(1);
        QVERIFY2(words().contains(u"portal in prod of Shop"_qs), qPrintable(words()));
    }

    void whatEndedIsNoMorePassed() {
        show(shop());
        answer(u"portal"_qs, -3);
        QVERIFY2(heard(1).contains(u"Ended 3 d ago"_qs), qPrintable(heard(1)));
        QCOMPARE(row(1).glyph, ui::Glyph::Failed);
    }

    void withoutProbesOfCertificatesNothingIsSaidOfThem() {
        show(shop());
        const QAbstractItemModel& model = *list(u"dev"_qs).model();
        for (int i = 0; i < model.rowCount(); ++i)
            QVERIFY(!model.index(i, 0).data().toString().contains(u"Certificate"_qs));
    }

    void risksOfARunAreCountedAndOpened() {
        show(shop());
        const models::RunId run = start(planWithRisks());
        QTRY_VERIFY2_WITH_TIMEOUT(
            heardOf(u"Risks"_qs)
                .startsWith(u"Risks, 2 open, Sessions are dropped · The cache is cold"_qs),
            qPrintable(heardOf(u"Risks"_qs)), patience);
        m_runs->runs.acknowledgeRisk(run, u"The cache is cold"_qs, {});
        QTRY_VERIFY2_WITH_TIMEOUT(
            heardOf(u"Risks"_qs).startsWith(u"Risks, 1 open, 1 acknowledged, Sessions"_qs),
            qPrintable(heardOf(u"Risks"_qs)), patience);
        QSignalSpy asked(m_page.get(), &ui::EnvironmentPage::boardRequested);
        click(rowOf(u"Risks"_qs));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].value<models::RunId>(), run);
    }

    void knownRisksAreListedWithTheirRunbooks() {
        QTemporaryDir folder;
        QFile runbook(folder.filePath(u"release.md"_qs));
        QVERIFY(runbook.open(QFile::WriteOnly));
        runbook.write("---\nrunbook:\n  environments: [Prod]\n---\n"
                      "# Release\n\n## Known gaps\n\n| Gap | Status |\n| --- | --- |\n"
                      "| <b>No backup</b> of the cache | Not fixed |\n\n## Steps\n\n"
                      "- [ ] Tell the team\n");
        runbook.close();
        models::Workspace workspace = shop("risks: [ { text: Sessions are dropped } ]\n");
        workspace.root = folder.path();
        workspace.runbooks = {u"release.md"_qs};
        show(workspace);
        QTRY_VERIFY2_WITH_TIMEOUT(
            heardOf(u"Risks"_qs).startsWith(u"Risks, 2 known, Sessions are"_qs),
            qPrintable(heardOf(u"Risks"_qs)), patience);
        QSignalSpy asked(m_page.get(), &ui::EnvironmentPage::runbookRequested);
        click(rowOf(u"Risks"_qs));
        auto* sheet = m_page->findChild<QDialog*>(u"riskSheet"_qs);
        QVERIFY(sheet != nullptr && sheet->isVisible());
        QStringList shown;
        for (const QLabel* label : sheet->findChildren<QLabel*>())
            shown.append(label->text());
        QVERIFY2(shown.contains(u"Sessions are dropped"_qs) && shown.contains(u"gantry.yaml"_qs),
                 qPrintable(shown.join(u'\n')));
        for (QPushButton* button : sheet->findChildren<QPushButton*>()) {
            if (button->text() == u"Open runbook"_qs)
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][1].toString(), u"prod"_qs);
        QCOMPARE(asked[0][2].toString(), u"release.md"_qs);
    }

    void aRunbookThatCannotBeReadIsNoRunbookWithoutRisks() {
        models::Workspace workspace = shop();
        workspace.runbooks = {u"gone.md"_qs};
        show(workspace);
        QTRY_VERIFY2_WITH_TIMEOUT(
            heardOf(u"Risks"_qs).startsWith(u"Risks, Unknown, gone.md could not be read"_qs),
            qPrintable(heardOf(u"Risks"_qs)), patience);
    }

private:
    void show(const models::Workspace& workspace) {
        m_health->trust.vouchFor(workspace.root);
        m_open->take(workspace);
        m_tester = std::make_unique<QAbstractItemModelTester>(list().model());
        QTRY_COMPARE_WITH_TIMEOUT(m_health->prober.asked.size(), 3U, patience);
    }
    models::RunId start(const models::PlanPointer& plan) {
        const auto started = m_runs->runs.start(plan, {});
        if (!QTest::qWaitFor([&started] { return started.isFinished(); }, patience) ||
            !started.result())
            return {};
        return *started.result();
    }
    void answer(const QString& host, int days) {
        for (FakeProber::Asked& asked : std::exchange(m_health->prober.asked, {})) {
            if (!asked.probe.target.startsWith(host)) {
                m_health->prober.asked.push_back(std::move(asked));
                continue;
            }
            models::ProbeReply reply;
            reply.outcome = models::ProbeReply::Outcome::Answered;
            reply.at = {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
            reply.certificate = models::CertificateFacts{
                {}, {reply.at.nanoseconds + days * day}, host, u"Example CA"_qs, {}};
            asked.done(reply);
        }
        m_page->settleNow();
    }
    QListView& list(const QString& environment = u"prod"_qs) {
        return *m_page->findChild<QWidget*>(u"environment-"_qs + environment)
                    ->findChild<QListView*>(u"releases"_qs);
    }
    QString heard(int row) {
        return list().model()->index(row, 0).data(Qt::AccessibleTextRole).toString();
    }
    int rowOf(const QString& name) {
        const QModelIndexList found =
            list().model()->match(list().model()->index(0, 0), Qt::DisplayRole, name);
        return found.isEmpty() ? -1 : found.first().row();
    }
    QString heardOf(const QString& name) { return heard(rowOf(name)); }
    const ui::StandingRow& row(int number) {
        return *list().model()->index(number, 0).data(Qt::UserRole).value<const ui::StandingRow*>();
    }
    void click(int row) {
        list().scrollTo(list().model()->index(row, 0));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {},
                          list().visualRect(list().model()->index(row, 0)).center());
    }
    QString words() {
        QStringList found;
        for (const QLabel* label : m_page->findChildren<QLabel*>()) {
            if (label->isVisible())
                found.append(label->text());
        }
        return found.join(u'\n');
    }

    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

} // namespace tests

QTEST_MAIN(tests::TestReleases)
#include "tst_releases.moc"
