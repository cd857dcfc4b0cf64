// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localplace.h"
#include "app/run/headkeeper.h"
#include "app/run/runservice.h"
#include "models/run/event.h"
#include "tests/support/fakejournal.h"
#include "tests/support/fakeplace.h"
#include "tests/support/memorysecretstore.h"
#include "tests/support/releaseplan.h"
#include "tests/support/temporaryhome.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace app;
using models::EventKind;
using models::LockObstacle;
using models::RunId;
using models::RunOutcome;
using models::RunStatus;
using models::StepId;
using models::StepStatus;

namespace {

constexpr int patience = 60'000; // ms
const StepId deploy(u"deploy"_qs);

/// One laptop: its own journal, and the way to the host that all of them share, which is this
/// machine's shell.
struct Console {
    tests::FakeJournal journal;
    tests::MemorySecretStore secrets;
    bool isCutOff = false; ///< it cannot reach the host; set before it is asked
    std::unique_ptr<RunService> runs;

    Console() { open(); }
    void open() {
        runs = std::make_unique<RunService>(
            journal, secrets, [this](const models::PlanContext&, const QString& name) {
                return name == u"web-1" && isCutOff ? std::unique_ptr<Place>()
                                                    : std::make_unique<LocalPlace>();
            });
    }
    RunId start(const models::PlanPointer& plan) {
        const auto started = runs->start(plan, {});
        (void)QTest::qWaitFor([&] { return started.isFinished(); }, patience);
        const RunId run = *started.result();
        (void)QTest::qWaitFor([&] { return runs->state(run) != nullptr; }, patience);
        return run;
    }
    /// As after kill -9: nothing is said to the engine, a new one takes over.
    void restart(const RunId& run) {
        runs.reset();
        open();
        (void)runs->open(run);
        (void)QTest::qWaitFor([&] { return runs->state(run) != nullptr; }, patience);
    }
    [[nodiscard]] StepStatus status(const RunId& run, const StepId& step = deploy) const {
        return runs->state(run)->step(step).status;
    }
    [[nodiscard]] QStringList locks(const RunId& run) const {
        return runs->state(run)->locks.keys();
    }
    [[nodiscard]] int count(const RunId& run, EventKind kind) const {
        return int(journal.kinds(run).count(kind));
    }
};

} // namespace

/// Two laptops without a common journal see one another at the host that both would change.
class TestEnvironmentLocks : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_host;
    std::unique_ptr<Console> m_lead;
    std::unique_ptr<Console> m_deputy;
    const QStringList m_both{u"local"_qs, u"web-1"_qs};

    /// Each step leaves a line in a file of the host.
    [[nodiscard]] models::PlanPointer plan(bool isProtected = false) const {
        models::PlanContext context = tests::releaseContext();
        context.isProtected = isProtected;
        models::Host host{u"web-1"_qs, u"deploy@example.com"_qs};
        host.lockDir = m_host->path() + u"/locks"_qs;
        context.hosts = {host};
        context.defaultHost = host.name;
        models::Runbook runbook;
        runbook.title = u"Release"_qs;
        const QString done = m_host->path() + u"/done"_qs;
        runbook.steps = {
            tests::releaseStep(u"deploy"_qs, u"echo up >> "_qs + done, models::Lane::Main,
                               {{u"name"_qs, u"deploy"_qs}}),
            tests::releaseStep(u"second"_qs, u"echo second >> "_qs + done, models::Lane::Main),
            tests::releaseStep(u"look"_qs, u"true"_qs, models::Lane::Main,
                               {{u"readonly"_qs, u"true"_qs}}),
            tests::releaseStep(u"back"_qs, u"echo back >> "_qs + done, models::Lane::Rollback,
                               {{u"reverts"_qs, u"deploy"_qs}})};
        return std::make_shared<const models::Plan>(models::makePlan(runbook, context));
    }
    [[nodiscard]] QStringList done() const {
        QFile file(m_host->path() + u"/done"_qs);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    }
    /// The lead's run has changed something.
    [[nodiscard]] RunId leadDeploys() {
        const RunId run = m_lead->start(plan());
        m_lead->runs->startStep(run, deploy);
        (void)QTest::qWaitFor([&] { return m_lead->status(run) == StepStatus::Passed; }, patience);
        return run;
    }
    /// The deputy's step is held, and this is why.
    [[nodiscard]] QList<LockObstacle> deputyIsHeld(const RunId& run) {
        m_deputy->runs->startStep(run, deploy);
        (void)QTest::qWaitFor([&] { return !m_deputy->runs->lockObstacles(run).isEmpty(); },
                              patience);
        return m_deputy->runs->lockObstacles(run);
    }

private Q_SLOTS:
    void init() {
        m_host = std::make_unique<QTemporaryDir>();
        m_lead = std::make_unique<Console>();
        m_deputy = std::make_unique<Console>();
    }
    void cleanup() {
        m_lead.reset();
        m_deputy.reset();
    }

    void theFirstChangeTakesThemAndTheEndGivesThemBack() {
        const RunId run = m_lead->start(plan());
        m_lead->runs->startStep(run, StepId(u"look"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->status(run, StepId(u"look"_qs)), StepStatus::Passed,
                                  patience);
        QCOMPARE(m_lead->locks(run), QStringList()); // nothing was changed
        m_lead->runs->startStep(run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->status(run), StepStatus::Passed, patience);
        QCOMPARE(m_lead->locks(run), m_both);
        const QList<EventKind> kinds = m_lead->journal.kinds(run);
        QVERIFY(kinds.indexOf(EventKind::LockTaken) < kinds.lastIndexOf(EventKind::StepStarted));
        m_lead->runs->startStep(run, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->status(run, StepId(u"second"_qs)), StepStatus::Passed,
                                  patience);
        QCOMPARE(m_lead->count(run, EventKind::LockTaken), 2); // each once
        m_lead->runs->close(run, RunOutcome::Succeeded, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->runs->state(run)->status, RunStatus::Closed, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->locks(run), QStringList(), patience);
        const RunId ofDeputy = m_deputy->start(plan());
        m_deputy->runs->startStep(ofDeputy, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->status(ofDeputy), StepStatus::Passed, patience);
    }

    void whoIsSecondIsToldWhoIsFirst() {
        const RunId ofLead = leadDeploys();
        const RunId ofDeputy = m_deputy->start(plan());
        QSignalSpy refused(&*m_deputy->runs, &RunService::intentRefused);
        const QList<LockObstacle> obstacles = deputyIsHeld(ofDeputy);
        QCOMPARE(obstacles.size(), 1);
        QCOMPARE(obstacles.first().place, u"web-1"_qs);
        QCOMPARE(obstacles.first().kind, LockObstacle::Kind::Held);
        QCOMPARE(obstacles.first().holder.run, ofLead);
        QCOMPARE(obstacles.first().holder.what, u"Release (portal v2)"_qs);
        QVERIFY(!obstacles.first().holder.since.isNull());
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
        QVERIFY(refused.first().at(2).value<models::Error>().message.contains(u"Release"));
        QCOMPARE(m_deputy->status(ofDeputy), StepStatus::Pending);
        QCOMPARE(done(), QStringList{u"up"_qs});
        // The lead is done; the deputy looks again.
        m_lead->runs->close(ofLead, RunOutcome::Aborted, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->locks(ofLead), QStringList(), patience);
        m_deputy->runs->retryLocks(ofDeputy);
        QTRY_VERIFY_WITH_TIMEOUT(m_deputy->runs->lockObstacles(ofDeputy).isEmpty(), patience);
        QCOMPARE(m_deputy->locks(ofDeputy), m_both);
    }

    void takingOverIsToldOnBothSides() {
        const RunId ofLead = leadDeploys();
        const RunId ofDeputy = m_deputy->start(plan());
        const QList<LockObstacle> seen = deputyIsHeld(ofDeputy);
        QSignalSpy refused(&*m_deputy->runs, &RunService::intentRefused);
        m_deputy->runs->takeOverLocks(ofDeputy, seen, u" "_qs);
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience); // without a reason it is refused
        m_deputy->runs->takeOverLocks(ofDeputy, seen, u"The laptop is dead"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->locks(ofDeputy), m_both, patience);
        QVERIFY(m_deputy->runs->lockObstacles(ofDeputy).isEmpty());
        QVERIFY(m_deputy->runs->state(ofDeputy)->overrodeLock);
        m_deputy->runs->startStep(ofDeputy, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->status(ofDeputy), StepStatus::Passed, patience);
        // The next change of the lead is held, and says why.
        m_lead->runs->startStep(ofLead, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->runs->lockObstacles(ofLead).size(), 1, patience);
        const LockObstacle told = m_lead->runs->lockObstacles(ofLead).first();
        QCOMPARE(told.kind, LockObstacle::Kind::Lost);
        QCOMPARE(told.holder.run, ofDeputy);
        QCOMPARE(told.holder.reason, u"The laptop is dead"_qs);
        QCOMPARE(m_lead->status(ofLead, StepId(u"second"_qs)), StepStatus::Pending);
        QCOMPARE(m_lead->count(ofLead, EventKind::LockReleased), 1);
        QCOMPARE(done(), (QStringList{u"up"_qs, u"up"_qs}));
        // What the lead closes takes nothing from the deputy.
        m_lead->runs->close(ofLead, RunOutcome::Aborted, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->locks(ofLead), QStringList(), patience);
        m_deputy->runs->startStep(ofDeputy, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->status(ofDeputy, StepId(u"second"_qs)),
                                  StepStatus::Passed, patience);
    }

    void afterAKillItKnowsItsOwn() {
        const RunId run = leadDeploys();
        m_lead->restart(run);
        m_lead->runs->startStep(run, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->status(run, StepId(u"second"_qs)), StepStatus::Passed,
                                  patience);
        QCOMPARE(m_lead->count(run, EventKind::LockTaken), 2);
        QCOMPARE(done(), (QStringList{u"up"_qs, u"second"_qs}));
    }

    void theWayBackTakesTheLockAlong() {
        const RunId run = leadDeploys();
        QSignalSpy opened(&*m_lead->runs, &RunService::runOpened);
        m_lead->runs->startRollback(run, u"Errors"_qs, {});
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
        const auto back = opened.first().first().value<RunId>();
        const auto passed = [&] {
            const models::RunState* const state = m_lead->runs->state(back);
            return state->standing.lanes[int(models::Lane::Rollback)].passed;
        };
        QTRY_COMPARE_WITH_TIMEOUT(passed(), 1, patience);
        QCOMPARE(done(), (QStringList{u"up"_qs, u"back"_qs}));
        QCOMPARE(m_lead->locks(back), m_both);
        // Nobody comes in between.
        const RunId ofDeputy = m_deputy->start(plan());
        QCOMPARE(deputyIsHeld(ofDeputy).first().holder.run, back);
        m_lead->runs->verifyRollback(back, models::Verdict::Pass, u"v1 is there"_qs, {});
        m_lead->runs->close(back, RunOutcome::RolledBack, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->runs->state(run)->status, RunStatus::Closed, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->locks(back), QStringList(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->locks(run), QStringList(), patience);
        m_deputy->runs->startStep(ofDeputy, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->status(ofDeputy), StepStatus::Passed, patience);
    }

    void whereThereCanBeNoneAPersonSaysWhyItGoesOn() {
        QFile inTheWay(m_host->path() + u"/locks"_qs);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const RunId run = m_deputy->start(plan());
        const QList<LockObstacle> seen = deputyIsHeld(run);
        QCOMPARE(seen.size(), 1);
        QCOMPARE(seen.first().kind, LockObstacle::Kind::Unsure);
        QVERIFY(!seen.first().problem.isEmpty());
        QCOMPARE(done(), QStringList());
        m_deputy->runs->takeOverLocks(run, seen, u"It is urgent"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(m_deputy->runs->lockObstacles(run).isEmpty(), patience);
        m_deputy->runs->startStep(run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->status(run), StepStatus::Passed, patience);
        QVERIFY(!m_deputy->runs->state(run)->locks.value(u"web-1"_qs).lacking.isEmpty());
        QVERIFY(m_deputy->runs->state(run)->overrodeLock);
    }

    void aHostThatIsAwayKeepsTheLockUntilItIsBack() {
        const RunId run = leadDeploys();
        m_lead->isCutOff = true;
        m_lead->restart(run);
        m_lead->runs->close(run, RunOutcome::Aborted, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->runs->state(run)->status, RunStatus::Closed, patience);
        QCOMPARE(models::locksLeft(*m_lead->runs->state(run)), QStringList{u"web-1"_qs});
        const auto listed = m_lead->runs->runs().result();
        QCOMPARE(listed->first().locks, QStringList{u"web-1"_qs});
        // The next console tells the host, without anybody looking at the run.
        m_lead->isCutOff = false;
        m_lead->runs.reset();
        m_lead->open();
        m_lead->runs->releaseLeftLocks();
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->count(run, EventKind::LockReleased), 1, patience);
        // That is the end of its chain now, which a tail cut off would show against.
        const QByteArray head = m_lead->journal.events(run).last().hash;
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->secrets.entries.value(app::HeadKeeper::keyOf(run)),
                                  QString::fromLatin1(head.toHex()), patience);
        const RunId ofDeputy = m_deputy->start(plan());
        m_deputy->runs->startStep(ofDeputy, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->status(ofDeputy), StepStatus::Passed, patience);
    }

    void oneJournalLetsOneRunChangeAnEnvironment() {
        const RunId first = leadDeploys();
        QVERIFY(QFile::exists(m_host->path() + u"/locks"_qs));
        const RunId second = m_lead->start(plan());
        m_lead->runs->startStep(second, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->runs->lockObstacles(second).size(), 2, patience);
        QCOMPARE(m_lead->runs->lockObstacles(second).first().place, u"local"_qs);
        const QList<LockObstacle> seen = m_lead->runs->lockObstacles(second);
        m_lead->runs->takeOverLocks(second, seen, u"The first is stuck"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->locks(second), m_both, patience);
        m_lead->runs->startStep(first, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_lead->runs->lockObstacles(first).size(), 2, patience);
        QCOMPARE(m_lead->status(first, StepId(u"second"_qs)), StepStatus::Pending);
    }

    void whatWasDoneByHandIsDone() {
        const RunId ofLead = leadDeploys();
        models::Runbook runbook;
        models::Step manual = tests::releaseStep(u"by hand"_qs, {}, models::Lane::Main);
        manual.kind = models::StepKind::Manual;
        manual.commands.clear();
        runbook.steps = {manual, plan()->steps[0].step};
        runbook.steps[1].parent = -1;
        const RunId ofDeputy = m_deputy->start(
            std::make_shared<const models::Plan>(models::makePlan(runbook, plan()->context)));
        m_deputy->runs->confirmStep(ofDeputy, manual.id, true);
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->status(ofDeputy, manual.id), StepStatus::Passed,
                                  patience);
        // And it is said that somebody else is at it.
        QTRY_COMPARE_WITH_TIMEOUT(m_deputy->runs->lockObstacles(ofDeputy).size(), 1, patience);
        QCOMPARE(m_deputy->runs->lockObstacles(ofDeputy).first().holder.run, ofLead);
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestEnvironmentLocks test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_environmentlocks.moc"
