// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/golive/rollbackcheck.h"
#include "models/health/probereading.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/releaseplan.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace app;
using models::Instant;
using models::RunId;
using models::RunOutcome;
using models::StepId;
using models::Verdict;

namespace {

constexpr int patience = 10000;
constexpr qint64 second = 1000000000;
/// The journal's clock stands between these two.
constexpr Instant longBefore{1600000000 * second};
constexpr Instant afterwards{1800000000 * second};

models::Workspace shop() {
    models::Workspace workspace = models::parseWorkspace(
        "gantry: 1\nid: shop\nenvironments:\n  prod:\n    services:\n      portal:\n"
        "        health: { http: \"http://portal.example.com/healthz\", every: 10s }\n"
        "        version: { http: \"http://portal.example.com/version\", field: release }\n");
    ;
    workspace.root = QStringLiteral("/srv/") + QLatin1String(QTest::currentTestFunction());
    return workspace;
}

} // namespace

class TestRollbackCheck : public QObject {
    Q_OBJECT

private:
    Instant m_now;
    tests::FakeHost m_host;
    std::optional<tests::FakeJournal> m_journal;
    tests::MemorySecretStore m_secrets;
    std::unique_ptr<tests::FakeHealth> m_parts;
    std::optional<HealthService> m_health;
    std::optional<VersionService> m_versions;
    std::optional<RunService> m_runs;
    std::optional<RollbackCheck> m_check;
    RunId m_run;
    RunId m_back;

    void watch() {
        const models::Workspace workspace = shop();
        m_parts->trust.vouchFor(workspace.root);
        m_versions->watch(workspace);
        m_health->watch(workspace);
    }
    /// Everything that is asked finds this release, and a page with this status.
    void answer(const char* release, int status) {
        for (const tests::FakeProber::Asked& asked : std::exchange(m_parts->prober.asked, {})) {
            models::ProbeReply reply;
            reply.outcome = models::ProbeReply::Outcome::Answered;
            reply.at = asked.due;
            reply.status = status;
            models::readBody("{\"release\":\"" + QByteArray(release) + "\"}",
                             models::BodyEnd::Whole, reply);
            asked.done(reply);
        }
    }
    [[nodiscard]] const models::RunState* back() const {
        return m_back.isEmpty() ? nullptr : m_runs->state(m_back);
    }
    [[nodiscard]] bool isVerified() const { return back() && back()->verification; }
    void deployAndGoBack() {
        const auto started = m_runs->start(tests::releasePlan(), {});
        QTRY_VERIFY_WITH_TIMEOUT(started.isFinished(), patience);
        m_run = *started.result();
        QTRY_VERIFY_WITH_TIMEOUT(m_runs->state(m_run) != nullptr, patience);
        const StepId deploy(u"deploy"_qs);
        m_runs->startStep(m_run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(m_run)->step(deploy).status,
                                  models::StepStatus::Passed, patience);
        m_runs->startRollback(m_run, u"errors"_qs, {});
        QTRY_VERIFY_WITH_TIMEOUT(
            back() && models::progressOf(*back(), models::Lane::Rollback).done == 1, patience);
    }

private Q_SLOTS:
    void init() {
        m_now = afterwards;
        m_back = {};
        m_journal.emplace();
        m_parts = std::make_unique<tests::FakeHealth>();
        const auto now = [this] { return m_now; };
        m_health.emplace(m_parts->prober, m_parts->trust, now);
        m_versions.emplace(VersionService::Sources{m_parts->prober, m_parts->containers,
                                                   m_parts->commits, m_parts->journal},
                           m_parts->trust, now);
        m_runs.emplace(*m_journal, m_secrets, [this](const auto&, const QString&) {
            return std::make_unique<tests::FakePlace>(m_host);
        });
        connect(&*m_runs, &RunService::runOpened, this, [this](const RunId& run) {
            if (m_runs->state(run)->plan->isRollback())
                m_back = run;
        });
        m_check.emplace(*m_runs, now);
        m_check->attend(*m_versions, *m_health);
        m_check->setPatience({std::chrono::seconds(60), std::chrono::milliseconds(5)});
    }
    void cleanup() {
        m_check.reset();
        m_runs.reset();
        m_versions.reset();
        m_health.reset();
        m_journal.reset();
    }

    void whatIsBackClosesBothRuns() {
        watch();
        deployAndGoBack();
        QTRY_VERIFY_WITH_TIMEOUT((answer("v1", 200), isVerified()), patience);
        QCOMPARE(back()->verification->verdict, Verdict::Pass);
        const QList<models::RollbackObservation>& seen = back()->verification->observations;
        QCOMPARE(seen.size(), 2);
        QCOMPARE(seen[0].what, u"portal: version"_qs);
        QCOMPARE(seen[0].expected, u"v1"_qs);
        QCOMPARE(seen[0].finding.observed, u"v1"_qs);
        QCOMPARE(seen[1].what, u"portal: health"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(m_run)->outcome, RunOutcome::RolledBack, patience);
        QCOMPARE(back()->outcome, RunOutcome::RolledBack);
    }

    void whatIsNotBackInTimeDidNotWork_data() {
        QTest::addColumn<QByteArray>("release");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::newRow("another version")
            << QByteArray("v2") << 200 << u"portal: version: v2 is deployed, not v1."_qs;
        QTest::newRow("sick") << QByteArray("v1") << 503 << u"portal: health: "_qs;
    }
    void whatIsNotBackInTimeDidNotWork() {
        QFETCH(QByteArray, release);
        QFETCH(int, status);
        QFETCH(QString, reason);
        watch();
        deployAndGoBack();
        QSignalSpy observed(&*m_health, &HealthService::observed);
        QTRY_VERIFY_WITH_TIMEOUT((answer(release, status), observed.size() > 3), patience);
        QVERIFY(!isVerified());
        const auto later = [&] {
            m_now.nanoseconds += second;
            answer(release, status);
            return isVerified();
        };
        QTRY_VERIFY_WITH_TIMEOUT(later(), patience);
        QCOMPARE(back()->verification->verdict, Verdict::Fail);
        QVERIFY2(back()->verification->reason.startsWith(reason),
                 qPrintable(back()->verification->reason));
        QCOMPARE(back()->status, models::RunStatus::Open);
    }

    void whatWasSeenBeforeTheLastStepDoesNotCount() {
        m_now = longBefore;
        watch();
        deployAndGoBack();
        QSignalSpy observed(&*m_health, &HealthService::observed);
        QTRY_VERIFY_WITH_TIMEOUT((answer("v1", 200), observed.size() > 1), patience);
        QVERIFY(!isVerified());
        m_now.nanoseconds += 61 * second;
        QTRY_VERIFY_WITH_TIMEOUT(isVerified(), patience);
        QCOMPARE(back()->verification->verdict, Verdict::Unknown);
        QCOMPARE(back()->status, models::RunStatus::Open);
    }

    void whatNobodyLooksAtIsUnknown() {
        deployAndGoBack();
        QTRY_VERIFY_WITH_TIMEOUT(isVerified(), patience);
        QCOMPARE(back()->verification->verdict, Verdict::Unknown);
        QCOMPARE(back()->status, models::RunStatus::Open);
        // A person decides then.
        m_runs->close(m_back, RunOutcome::RolledBack, u"seen in the browser"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(m_runs->state(m_run)->outcome, RunOutcome::RolledBack, patience);
    }
};

QTEST_GUILESS_MAIN(TestRollbackCheck)
#include "tst_rollbackcheck.moc"
