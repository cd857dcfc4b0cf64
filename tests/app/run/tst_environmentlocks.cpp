// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process/localplace.h"
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
    std::unique_ptr<Console> m_ana;
    std::unique_ptr<Console> m_ben;
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
    /// Ana's run has changed something.
    [[nodiscard]] RunId anaDeploys() {
        const RunId run = m_ana->start(plan());
        m_ana->runs->startStep(run, deploy);
        (void)QTest::qWaitFor([&] { return m_ana->status(run) == StepStatus::Passed; }, patience);
        return run;
    }
    /// Ben's step is held, and this is why.
    [[nodiscard]] QList<LockObstacle> benIsHeld(const RunId& run) {
        m_ben->runs->startStep(run, deploy);
        (void)QTest::qWaitFor([&] { return !m_ben->runs->lockObstacles(run).isEmpty(); }, patience);
        return m_ben->runs->lockObstacles(run);
    }

private Q_SLOTS:
    void init() {
        m_host = std::make_unique<QTemporaryDir>();
        m_ana = std::make_unique<Console>();
        m_ben = std::make_unique<Console>();
    }
    void cleanup() {
        m_ana.reset();
        m_ben.reset();
    }

    void theFirstChangeTakesThemAndTheEndGivesThemBack() {
        const RunId run = m_ana->start(plan());
        m_ana->runs->startStep(run, StepId(u"look"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->status(run, StepId(u"look"_qs)), StepStatus::Passed,
                                  patience);
        QCOMPARE(m_ana->locks(run), QStringList()); // nothing was changed
        m_ana->runs->startStep(run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->status(run), StepStatus::Passed, patience);
        QCOMPARE(m_ana->locks(run), m_both);
        const QList<EventKind> kinds = m_ana->journal.kinds(run);
        QVERIFY(kinds.indexOf(EventKind::LockTaken) < kinds.lastIndexOf(EventKind::StepStarted));
        m_ana->runs->startStep(run, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->status(run, StepId(u"second"_qs)), StepStatus::Passed,
                                  patience);
        QCOMPARE(m_ana->count(run, EventKind::LockTaken), 2); // each once
        m_ana->runs->close(run, RunOutcome::Succeeded, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->runs->state(run)->status, RunStatus::Closed, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->locks(run), QStringList(), patience);
        const RunId bens = m_ben->start(plan());
        m_ben->runs->startStep(bens, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->status(bens), StepStatus::Passed, patience);
    }

    void whoIsSecondIsToldWhoIsFirst() {
        const RunId anas = anaDeploys();
        const RunId bens = m_ben->start(plan());
        QSignalSpy refused(&*m_ben->runs, &RunService::intentRefused);
        const QList<LockObstacle> obstacles = benIsHeld(bens);
        QCOMPARE(obstacles.size(), 1);
        QCOMPARE(obstacles.first().place, u"web-1"_qs);
        QCOMPARE(obstacles.first().kind, LockObstacle::Kind::Held);
        QCOMPARE(obstacles.first().holder.run, anas);
        QCOMPARE(obstacles.first().holder.what, u"Release (portal v2)"_qs);
        QVERIFY(!obstacles.first().holder.since.isNull());
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience);
        QVERIFY(refused.first().at(2).value<models::Error>().message.contains(u"Release"));
        QCOMPARE(m_ben->status(bens), StepStatus::Pending);
        QCOMPARE(done(), QStringList{u"up"_qs});
        // Ana is done; Ben looks again.
        m_ana->runs->close(anas, RunOutcome::Aborted, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->locks(anas), QStringList(), patience);
        m_ben->runs->retryLocks(bens);
        QTRY_VERIFY_WITH_TIMEOUT(m_ben->runs->lockObstacles(bens).isEmpty(), patience);
        QCOMPARE(m_ben->locks(bens), m_both);
    }

    void takingOverIsToldOnBothSides() {
        const RunId anas = anaDeploys();
        const RunId bens = m_ben->start(plan());
        const QList<LockObstacle> seen = benIsHeld(bens);
        QSignalSpy refused(&*m_ben->runs, &RunService::intentRefused);
        m_ben->runs->takeOverLocks(bens, seen, u" "_qs);
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, patience); // without a reason it is refused
        m_ben->runs->takeOverLocks(bens, seen, u"Her laptop is dead"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->locks(bens), m_both, patience);
        QVERIFY(m_ben->runs->lockObstacles(bens).isEmpty());
        QVERIFY(m_ben->runs->state(bens)->overrodeLock);
        m_ben->runs->startStep(bens, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->status(bens), StepStatus::Passed, patience);
        // Her next change is held, and she reads why.
        m_ana->runs->startStep(anas, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->runs->lockObstacles(anas).size(), 1, patience);
        const LockObstacle told = m_ana->runs->lockObstacles(anas).first();
        QCOMPARE(told.kind, LockObstacle::Kind::Lost);
        QCOMPARE(told.holder.run, bens);
        QCOMPARE(told.holder.reason, u"Her laptop is dead"_qs);
        QCOMPARE(m_ana->status(anas, StepId(u"second"_qs)), StepStatus::Pending);
        QCOMPARE(m_ana->count(anas, EventKind::LockReleased), 1);
        QCOMPARE(done(), (QStringList{u"up"_qs, u"up"_qs}));
        // What she closes takes nothing from him.
        m_ana->runs->close(anas, RunOutcome::Aborted, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->locks(anas), QStringList(), patience);
        m_ben->runs->startStep(bens, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->status(bens, StepId(u"second"_qs)), StepStatus::Passed,
                                  patience);
    }

    void afterAKillItKnowsItsOwn() {
        const RunId run = anaDeploys();
        m_ana->restart(run);
        m_ana->runs->startStep(run, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->status(run, StepId(u"second"_qs)), StepStatus::Passed,
                                  patience);
        QCOMPARE(m_ana->count(run, EventKind::LockTaken), 2);
        QCOMPARE(done(), (QStringList{u"up"_qs, u"second"_qs}));
    }

    void theWayBackTakesTheLockAlong() {
        const RunId run = anaDeploys();
        QSignalSpy opened(&*m_ana->runs, &RunService::runOpened);
        m_ana->runs->startRollback(run, u"Errors"_qs, {});
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patience);
        const auto back = opened.first().first().value<RunId>();
        const auto passed = [&] {
            const models::RunState* const state = m_ana->runs->state(back);
            return state->standing.lanes[int(models::Lane::Rollback)].passed;
        };
        QTRY_COMPARE_WITH_TIMEOUT(passed(), 1, patience);
        QCOMPARE(done(), (QStringList{u"up"_qs, u"back"_qs}));
        QCOMPARE(m_ana->locks(back), m_both);
        // Nobody comes in between.
        const RunId bens = m_ben->start(plan());
        QCOMPARE(benIsHeld(bens).first().holder.run, back);
        m_ana->runs->verifyRollback(back, models::Verdict::Pass, u"v1 is there"_qs, {});
        m_ana->runs->close(back, RunOutcome::RolledBack, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->runs->state(run)->status, RunStatus::Closed, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->locks(back), QStringList(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->locks(run), QStringList(), patience);
        m_ben->runs->startStep(bens, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->status(bens), StepStatus::Passed, patience);
    }

    void whereThereCanBeNoneAPersonSaysWhyItGoesOn() {
        QFile inTheWay(m_host->path() + u"/locks"_qs);
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const RunId run = m_ben->start(plan());
        const QList<LockObstacle> seen = benIsHeld(run);
        QCOMPARE(seen.size(), 1);
        QCOMPARE(seen.first().kind, LockObstacle::Kind::Unsure);
        QVERIFY(!seen.first().problem.isEmpty());
        QCOMPARE(done(), QStringList());
        m_ben->runs->takeOverLocks(run, seen, u"It is urgent"_qs);
        QTRY_VERIFY_WITH_TIMEOUT(m_ben->runs->lockObstacles(run).isEmpty(), patience);
        m_ben->runs->startStep(run, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->status(run), StepStatus::Passed, patience);
        QVERIFY(!m_ben->runs->state(run)->locks.value(u"web-1"_qs).lacking.isEmpty());
        QVERIFY(m_ben->runs->state(run)->overrodeLock);
    }

    void aHostThatIsAwayKeepsTheLockUntilItIsBack() {
        const RunId run = anaDeploys();
        m_ana->isCutOff = true;
        m_ana->restart(run);
        m_ana->runs->close(run, RunOutcome::Aborted, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->runs->state(run)->status, RunStatus::Closed, patience);
        QCOMPARE(models::locksLeft(*m_ana->runs->state(run)), QStringList{u"web-1"_qs});
        const auto listed = m_ana->runs->runs().result();
        QCOMPARE(listed->first().locks, QStringList{u"web-1"_qs});
        // The next console tells the host, without anybody looking at the run.
        m_ana->isCutOff = false;
        m_ana->runs.reset();
        m_ana->open();
        m_ana->runs->releaseLeftLocks();
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->count(run, EventKind::LockReleased), 1, patience);
        const RunId bens = m_ben->start(plan());
        m_ben->runs->startStep(bens, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->status(bens), StepStatus::Passed, patience);
    }

    void oneJournalLetsOneRunChangeAnEnvironment() {
        const RunId first = anaDeploys();
        QVERIFY(QFile::exists(m_host->path() + u"/locks"_qs));
        const RunId second = m_ana->start(plan());
        m_ana->runs->startStep(second, deploy);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->runs->lockObstacles(second).size(), 2, patience);
        QCOMPARE(m_ana->runs->lockObstacles(second).first().place, u"local"_qs);
        const QList<LockObstacle> seen = m_ana->runs->lockObstacles(second);
        m_ana->runs->takeOverLocks(second, seen, u"The first is stuck"_qs);
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->locks(second), m_both, patience);
        m_ana->runs->startStep(first, StepId(u"second"_qs));
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->runs->lockObstacles(first).size(), 2, patience);
        QCOMPARE(m_ana->status(first, StepId(u"second"_qs)), StepStatus::Pending);
    }

    void whatWasDoneByHandIsDone() {
        const RunId anas = anaDeploys();
        models::Runbook runbook;
        models::Step manual = tests::releaseStep(u"by hand"_qs, {}, models::Lane::Main);
        manual.kind = models::StepKind::Manual;
        manual.commands.clear();
        runbook.steps = {manual, plan()->steps[0].step};
        runbook.steps[1].parent = -1;
        const RunId bens = m_ben->start(
            std::make_shared<const models::Plan>(models::makePlan(runbook, plan()->context)));
        m_ben->runs->confirmStep(bens, manual.id, true);
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->status(bens, manual.id), StepStatus::Passed, patience);
        // And it is said that somebody else is at it.
        QTRY_COMPARE_WITH_TIMEOUT(m_ben->runs->lockObstacles(bens).size(), 1, patience);
        QCOMPARE(m_ben->runs->lockObstacles(bens).first().holder.run, anas);
    }
};

int main(int argc, char** argv) {
    const tests::TemporaryHome home;
    QCoreApplication application(argc, argv);
    TestEnvironmentLocks test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_environmentlocks.moc"
