// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/headkeeper.h"
#include "models/run/event.h"
#include "tests/support/runfixture.h"

#include <QDeadlineTimer>
#include <QThread>

#include <optional>

using namespace app;
using models::AttemptKey;
using models::EventKind;
using models::RunId;
using models::StepId;
using models::StepStatus;
using tests::FakeCommand;

namespace {

models::Step manual(const QString& id) {
    models::Step step;
    step.id = StepId(id);
    step.title = id;
    return step;
}

models::Step command(const QString& id, const QString& script) {
    models::Step step = manual(id);
    step.kind = models::StepKind::Command;
    models::Command one;
    one.text = script;
    one.language = u"sh"_qs;
    step.commands = {one};
    return step;
}

models::PlanPointer planOf(const QList<models::Step>& steps,
                           const QList<models::VariableDeclaration>& variables = {}) {
    models::Runbook runbook;
    runbook.title = u"Deploy"_qs;
    runbook.steps = steps;
    runbook.variables = variables;
    models::PlanContext context;
    context.workspaceRoot = u"/tmp"_qs;
    return std::make_shared<const models::Plan>(models::makePlan(runbook, context));
}

} // namespace

class TestRunService : public QObject, protected tests::RunFixture {
    Q_OBJECT

private:
    std::unique_ptr<tests::FakeHost> m_host;

    [[nodiscard]] tests::FakeHost& hostCalled(const QString&) override { return *m_host; }
    [[nodiscard]] StepStatus status(const QString& id) const {
        return m_service->state(m_run)->step(StepId(id)).status;
    }
    [[nodiscard]] AttemptKey key(const QString& id, int number = 1) const {
        return {m_run, StepId(id), number};
    }

    /// Done and total in the runs list.
    [[nodiscard]] std::pair<int, int> listed() {
        const auto runs = m_service->runs().result();
        for (const RunSummary& run : *runs) {
            if (run.id == m_run)
                return {run.done, run.total};
        }
        return {-1, -1};
    }

private Q_SLOTS:
    void init() {
        m_host = std::make_unique<tests::FakeHost>();
        openNewService();
    }
    void cleanup() { m_service.reset(); }

    void manualStepIsConfirmed() {
        start(planOf({manual(u"check"_qs)}));
        m_service->confirmStep(m_run, StepId(u"check"_qs), true, u"looks good"_qs);
        QTRY_COMPARE(status(u"check"_qs), StepStatus::Passed);
        // It changed something, by hand: from here on the environment is the run's.
        QTRY_COMPARE(m_journal->kinds(m_run),
                     (QList<EventKind>{EventKind::RunStarted, EventKind::StepConfirmed,
                                       EventKind::LockTaken}));
    }

    void commandRunsOnceAndIsRecorded() {
        m_host->define(u"echo hi"_qs, {"hi\n", "careful\n", 0, true});
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        QSignalSpy live(&*m_service, &RunService::outputReceived);
        const int before = m_journal->appends();
        m_service->startStep(m_run, StepId(u"say"_qs));
        m_service->startStep(m_run, StepId(u"say"_qs)); // a double click
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Passed);
        QCOMPARE(m_host->starts(key(u"say"_qs)), 1);
        QTRY_VERIFY(m_host->isAcknowledged(key(u"say"_qs)));
        QCOMPARE(m_journal->output(key(u"say"_qs), 0, 100).result().value(), QByteArray("hi\n"));
        QCOMPARE(m_journal->output(key(u"say"_qs), 1, 100).result().value(),
                 QByteArray("careful\n"));
        QCOMPARE(live.size(), 2);
        QCOMPARE(m_journal->kinds(m_run),
                 (QList<EventKind>{EventKind::RunStarted, EventKind::LockTaken,
                                   EventKind::StepStarted, EventKind::OutputRecorded,
                                   EventKind::OutputRecorded, EventKind::StepFinished}));
        // The last output and the exit status share one append: two appends a step, and the lock.
        QCOMPARE(m_journal->appends() - before, 3);
    }

    void runsListIsNeverBehind() {
        start(planOf({command(u"one"_qs, u"true"_qs), command(u"two"_qs, u"true"_qs),
                      command(u"bad"_qs, u"false"_qs), manual(u"look"_qs)}));
        m_host->define(u"false"_qs, {"", "", 1, true});
        QSignalSpy stopped(&*m_service, &RunService::runAllStopped);
        m_service->runAll(m_run);
        QVERIFY(stopped.wait());
        QCOMPARE(listed(), std::make_pair(2, 4));
        m_service->confirmStep(m_run, StepId(u"look"_qs), true);
        QTRY_COMPARE(status(u"look"_qs), StepStatus::Passed);
        QCOMPARE(listed(), std::make_pair(3, 4));
        m_service->reopenStep(m_run, StepId(u"one"_qs));
        QTRY_COMPARE(status(u"one"_qs), StepStatus::Pending);
        QCOMPARE(listed(), std::make_pair(2, 4));
        m_service->addCommand(m_run, StepId(u"one"_qs), u"sh"_qs, u"date"_qs);
        QTRY_COMPARE(listed(), std::make_pair(3, 5));
    }

    void outputThatPilesUpIsHeldAtItsPlace() {
        m_host->define(u"much"_qs, {QByteArray(9 * 1024 * 1024, 'x'), "", 0, false});
        start(planOf({command(u"much"_qs, u"much"_qs)}));
        m_journal->failOnceAfter(2); // lock and intent are written, the output waits for a while
        m_service->startStep(m_run, StepId(u"much"_qs));
        QTRY_COMPARE(m_host->flows(), (QList{Place::OutputFlow::Held, Place::OutputFlow::Flowing}));
        QCOMPARE(m_journal->output(key(u"much"_qs), 0, 16 * 1024 * 1024).result()->size(),
                 9 * 1024 * 1024);
    }

    void nothingForAHostRunsHere() {
        models::Step here = command(u"here"_qs, u"echo here"_qs);
        here.options.values.insert(u"on"_qs, u"local"_qs);
        models::PlanContext context;
        context.hosts = {{u"web-1"_qs, QString()}}; // as runs of an earlier version have it
        context.defaultHost = u"web-1"_qs;
        models::Runbook runbook;
        runbook.steps = {here, command(u"there"_qs, u"echo there"_qs)};
        start(std::make_shared<const models::Plan>(models::makePlan(runbook, context)));
        QSignalSpy stopped(&*m_service, &RunService::runAllStopped);
        m_service->runAll(m_run);
        QVERIFY(stopped.wait());
        QCOMPARE(stopped.first().at(1).value<StepId>(), StepId(u"there"_qs));
        QVERIFY(stopped.first().at(2).toString().contains(u"How web-1 is reached"));
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->startStep(m_run, StepId(u"there"_qs));
        m_service->addCommand(m_run, StepId(u"there"_qs), u"sh"_qs, u"date"_qs);
        QTRY_COMPARE(refused.size(), 2);
        QCOMPARE(m_host->scripts(), QStringList{u"echo here"_qs});
        m_service->markPassed(m_run, StepId(u"there"_qs), u"seen on web-1"_qs);
        QTRY_COMPARE(status(u"there"_qs), StepStatus::Passed);
    }

    void attemptAtAPlaceThatIsNotThereEnds() {
        m_host->define(u"long"_qs, {"", "", 0, false});
        start(planOf({command(u"one"_qs, u"long"_qs)}));
        m_service->startStep(m_run, StepId(u"one"_qs));
        QTRY_COMPARE(status(u"one"_qs), StepStatus::Running);
        m_service.reset();
        m_service.emplace(*m_journal, m_secrets,
                          [](const auto&, const QString&) { return std::unique_ptr<Place>(); });
        (void)m_service->open(m_run);
        QTRY_VERIFY(m_service->state(m_run));
        QTRY_COMPARE(status(u"one"_qs), StepStatus::Unknown); // it may have run
        m_service->startStep(m_run, StepId(u"one"_qs));
        QTRY_COMPARE(status(u"one"_qs), StepStatus::Failed); // it did not
        QCOMPARE(m_service->state(m_run)->step(StepId(u"one"_qs)).attempts.last().status,
                 models::AttemptStatus::NotStarted);
    }

    void intentIsDurableBeforeTheCommandStarts() {
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_journal->failWith(
            models::Error{models::ErrorCode::NotWritable, u"The disk is full."_qs, {}});
        m_service->startStep(m_run, StepId(u"say"_qs));
        QVERIFY(refused.wait());
        QCOMPARE(refused.first().at(2).value<models::Error>().message, u"The disk is full."_qs);
        QCOMPARE(m_host->starts(key(u"say"_qs)), 0);
        QCOMPARE(status(u"say"_qs), StepStatus::Pending);
    }

    void factsAreKeptUntilTheyCanBeWritten() {
        m_host->define(u"echo hi"_qs, {"hi\n", "", 0, true});
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_journal->failOnceAfter(2); // lock and intent are written, what comes of it is not
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY(!m_host->isAcknowledged(key(u"say"_qs)));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Passed);
        QCOMPARE(m_journal->output(key(u"say"_qs), 0, 100).result().value(), QByteArray("hi\n"));
        QCOMPARE(m_host->starts(key(u"say"_qs)), 1);
    }

    void cancelEndsTheStep() {
        m_host->define(u"sleep"_qs, {"", "", 0, false});
        start(planOf({command(u"say"_qs, u"sleep"_qs)}));
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Running);
        m_service->cancelStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Failed);
        QVERIFY(m_journal->kinds(m_run).contains(EventKind::Cancelled));
    }

    void failureIsGuided_data() {
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<StepStatus>("expected");
        QTest::newRow("exit status") << 3 << QByteArray("ready\n") << StepStatus::Failed;
        QTest::newRow("expectation") << 0 << QByteArray("broken\n") << StepStatus::Failed;
        QTest::newRow("both good") << 0 << QByteArray("ready\n") << StepStatus::Passed;
    }
    void failureIsGuided() {
        QFETCH(int, exitCode);
        QFETCH(QByteArray, out);
        QFETCH(StepStatus, expected);
        m_host->define(u"probe"_qs, {out, "", exitCode, true});
        models::Step step = command(u"probe"_qs, u"probe"_qs);
        step.expectations = {{models::ExpectationKind::Contains, u"ready"_qs, 3}};
        start(planOf({step}));
        m_service->startStep(m_run, step.id);
        QTRY_COMPARE(status(u"probe"_qs), expected);
    }

    void expectationForAPersonWaitsForThem() {
        m_host->define(u"probe"_qs, {"42 users\n", "", 0, true});
        models::Step step = command(u"probe"_qs, u"probe"_qs);
        step.expectations = {{models::ExpectationKind::Manual, u"as many as before"_qs, 3}};
        start(planOf({step}));
        m_service->startStep(m_run, step.id);
        QTRY_COMPARE(status(u"probe"_qs), StepStatus::Waiting);
        m_service->confirmStep(m_run, step.id, true);
        QTRY_COMPARE(status(u"probe"_qs), StepStatus::Passed);
    }

    void restartReattachesWithoutRunningTwice() {
        m_host->define(u"long"_qs, {"first\n", "", 0, false});
        start(planOf({command(u"long"_qs, u"long"_qs)}));
        m_service->startStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(m_journal->output(key(u"long"_qs), 0, 100).result().value(),
                     QByteArray("first\n"));
        restart();
        QTRY_VERIFY(m_journal->kinds(m_run).contains(EventKind::Reattached));
        QCOMPARE(status(u"long"_qs), StepStatus::Running);
        QCOMPARE(m_host->starts(key(u"long"_qs)), 1);
        m_service->cancelStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(status(u"long"_qs), StepStatus::Failed);
        QCOMPARE(m_journal->output(key(u"long"_qs), 0, 100).result().value(),
                 QByteArray("first\n"));
    }

    /// The console went after the output was durable, and before the place heard of it.
    void restartAcknowledgesAgain() {
        m_host->define(u"bad"_qs, {"said\n", "", 1, true});
        m_host->define(u"long"_qs, {"", "", 0, false});
        start(planOf({command(u"bad"_qs, u"bad"_qs), command(u"long"_qs, u"long"_qs)}));
        m_service->startStep(m_run, StepId(u"bad"_qs));
        QTRY_COMPARE(status(u"bad"_qs), StepStatus::Failed);
        m_service->startStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(m_host->starts(key(u"long"_qs)), 1);
        QTRY_VERIFY(m_host->isAcknowledged(key(u"bad"_qs)));
        m_service.reset();
        m_host->forgetAcknowledgements();
        restart();
        QTRY_VERIFY(m_host->isAcknowledged(key(u"bad"_qs)));
        QVERIFY(!m_host->isAcknowledged(key(u"long"_qs))); // it goes on
        QCOMPARE(m_host->starts(key(u"bad"_qs)), 1);
    }

    void lostOutcomeIsUnknownAndAsks() {
        m_host->loseOutcomes(u"The host was rebooted."_qs);
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Unknown);
        const models::Attempt& attempt =
            m_service->state(m_run)->step(StepId(u"say"_qs)).attempts.last();
        QCOMPARE(attempt.reason, u"The host was rebooted."_qs);
        QCOMPARE(attempt.evidence, u"no record"_qs);
        m_host->loseOutcomes({});
        m_service->startStep(m_run, StepId(u"say"_qs)); // a retry is a person's decision
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Passed);
    }

    /// As where a person stops trying to reach its host.
    void lostFromSightCanBeAskedAbout_data() {
        QTest::addColumn<bool>("endsMeanwhile");
        QTest::newRow("it goes on") << false;
        QTest::newRow("it ended meanwhile") << true;
    }
    void lostFromSightCanBeAskedAbout() {
        QFETCH(bool, endsMeanwhile);
        m_host->define(u"long"_qs, {"first\n", "", 0, false});
        start(planOf({command(u"long"_qs, u"long"_qs)}));
        m_service->startStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(m_journal->output(key(u"long"_qs), 0, 100).result().value(),
                     QByteArray("first\n"));
        m_host->loseSight(key(u"long"_qs), u"Nobody looks any more."_qs);
        QTRY_COMPARE(status(u"long"_qs), StepStatus::Unknown);
        if (endsMeanwhile)
            m_host->end(key(u"long"_qs), 0);
        m_service->askAgain(m_run, StepId(u"long"_qs));
        QTRY_VERIFY(m_journal->kinds(m_run).contains(EventKind::Reattached));
        if (!endsMeanwhile) {
            QTRY_COMPARE(m_host->asked().size(), 2);
            QTRY_COMPARE(status(u"long"_qs), StepStatus::Running);
            m_host->end(key(u"long"_qs), 0);
        }
        QTRY_COMPARE(status(u"long"_qs), StepStatus::Passed);
        QCOMPARE(m_host->starts(key(u"long"_qs)), 1);
        QCOMPARE(m_host->asked().last().origin, AttemptOrigin::AskedAbout);
        QCOMPARE(m_host->asked().last().from.out, 6);
        QCOMPARE(m_journal->output(key(u"long"_qs), 0, 100).result().value(),
                 QByteArray("first\n"));
        QTRY_VERIFY(m_host->isAcknowledged(key(u"long"_qs)));
    }

    /// What nobody has seen to its end stays where it is, whichever console comes.
    void unknownOutcomeIsLeftAtItsPlace() {
        m_host->define(u"long"_qs, {"first\n", "", 0, false});
        m_host->define(u"bad"_qs, {"", "", 1, true});
        start(planOf({command(u"long"_qs, u"long"_qs), command(u"bad"_qs, u"bad"_qs)}));
        m_service->startStep(m_run, StepId(u"long"_qs));
        QTRY_COMPARE(m_host->starts(key(u"long"_qs)), 1);
        m_host->loseSight(key(u"long"_qs), u"Nobody looks any more."_qs);
        QTRY_COMPARE(status(u"long"_qs), StepStatus::Unknown);
        m_service->startStep(m_run, StepId(u"bad"_qs));
        QTRY_VERIFY(m_host->isAcknowledged(key(u"bad"_qs)));
        QVERIFY(!m_host->isAcknowledged(key(u"long"_qs)));
        m_service.reset();
        m_host->forgetAcknowledgements();
        restart();
        QTRY_VERIFY(m_host->isAcknowledged(key(u"bad"_qs)));
        QVERIFY(!m_host->isAcknowledged(key(u"long"_qs)));
    }

    void askingAgainBeginsNothing() {
        m_host->loseOutcomes(u"It did not answer."_qs);
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Unknown);
        m_service->askAgain(m_run, StepId(u"say"_qs)); // and it does not answer this time either
        QTRY_COMPARE(m_journal->kinds(m_run).count(EventKind::OutcomeUnknown), 2);
        QCOMPARE(m_host->asked().size(), 2);
        m_host->loseOutcomes({});
        m_service->askAgain(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Failed);
        QCOMPARE(m_service->state(m_run)->step(StepId(u"say"_qs)).attempts.last().status,
                 models::AttemptStatus::NotStarted);
        QCOMPARE(m_host->starts(key(u"say"_qs)), 0);
        QCOMPARE(m_host->asked().size(), 3);
    }

    /// The console went while the host was asked: the next one asks, and begins nothing either.
    void askingOutlivesTheConsole() {
        m_host->loseOutcomes(u"It did not answer."_qs);
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Unknown);
        m_host->loseOutcomes({});
        m_host->fallSilent(true);
        m_service->askAgain(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(m_host->asked().size(), 2);
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Running);
        m_service.reset();
        m_host->fallSilent(false);
        restart();
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Failed);
        QCOMPARE(m_host->asked().last().origin, AttemptOrigin::AskedAbout);
        QCOMPARE(m_host->starts(key(u"say"_qs)), 0);
    }

    void whereNothingIsLeftNobodyIsAskedAgain() {
        m_host->loseOutcomes(u"The host was rebooted."_qs, models::Loss::ForGood);
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Unknown);
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->askAgain(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(m_host->asked().size(), 1);
    }

    void refusedStartSaysThatNothingRan() {
        m_host->refuse(u"There is no shell zsh."_qs);
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Failed);
        QCOMPARE(m_service->state(m_run)->step(StepId(u"say"_qs)).attempts.last().status,
                 models::AttemptStatus::NotStarted);
    }

    void runAllStopsAtThePerson() {
        start(planOf({command(u"one"_qs, u"true"_qs), command(u"two"_qs, u"true"_qs),
                      manual(u"look"_qs), command(u"three"_qs, u"true"_qs)}));
        QSignalSpy stopped(&*m_service, &RunService::runAllStopped);
        m_service->runAll(m_run);
        QVERIFY(stopped.wait());
        QCOMPARE(stopped.first().at(1).value<StepId>(), StepId(u"look"_qs));
        QCOMPARE(stopped.first().at(2).toString(), u"It is done by a person."_qs);
        QCOMPARE(status(u"two"_qs), StepStatus::Passed);
        QCOMPARE(status(u"three"_qs), StepStatus::Pending);
        m_service->confirmStep(m_run, StepId(u"look"_qs), true);
        m_service->runAll(m_run);
        QVERIFY(stopped.wait());
        QCOMPARE(stopped.last().at(1).value<StepId>(), StepId());
        QCOMPARE(status(u"three"_qs), StepStatus::Passed);
    }

    void runAllStopsAtAFailureAndDoesNotRetry() {
        m_host->define(u"false"_qs, {"", "", 1, true});
        start(planOf({command(u"one"_qs, u"false"_qs), command(u"two"_qs, u"true"_qs)}));
        QSignalSpy stopped(&*m_service, &RunService::runAllStopped);
        m_service->runAll(m_run);
        QVERIFY(stopped.wait());
        m_service->runAll(m_run);
        QVERIFY(stopped.wait());
        QCOMPARE(stopped.last().at(1).value<StepId>(), StepId(u"one"_qs));
        QCOMPARE(m_host->scripts(), QStringList{u"false"_qs});
    }

    void variablesAreAskedForBeforeTheStep() {
        models::Step step = command(u"ping"_qs, u"ping $API"_qs);
        step.placeholders = {u"API"_qs};
        start(planOf({step}));
        QCOMPARE(RunService::needs(*m_service->state(m_run), step.id).variables,
                 QStringList{u"API"_qs});
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->startStep(m_run, step.id);
        QVERIFY(refused.wait());
        m_service->setVariables(m_run, {{u"API"_qs, u"it's; rm -rf /"_qs}});
        m_service->startStep(m_run, step.id);
        QTRY_COMPARE(status(u"ping"_qs), StepStatus::Passed);
        QCOMPARE(m_host->requests().last().script, QByteArray("ping $API"));
        QCOMPARE(m_host->requests().last().variables.value(u"API"_qs), u"it's; rm -rf /"_qs);
    }

    void secretIsMaskedAndNeverStored() {
        const QString value = u"correct-horse-battery"_qs;
        m_host->define(u"login $TOKEN"_qs, {"got correct-horse-battery\n", "", 0, true});
        models::VariableDeclaration token;
        token.name = u"TOKEN"_qs;
        token.secret = true;
        models::Step step = command(u"login"_qs, u"login $TOKEN"_qs);
        start(planOf({step}, {token}));
        QCOMPARE(RunService::needs(*m_service->state(m_run), step.id).secrets,
                 QStringList{u"TOKEN"_qs});
        m_service->giveSecrets(m_run, {{u"TOKEN"_qs, value}});
        m_service->startStep(m_run, step.id);
        QTRY_COMPARE(status(u"login"_qs), StepStatus::Passed);
        QCOMPARE(m_host->requests().last().secrets.value(u"TOKEN"_qs), value);
        const QByteArray out = m_journal->output(key(u"login"_qs), 0, 1000).result().value();
        QVERIFY(out.startsWith("got "));
        QVERIFY(!out.contains(value.toUtf8()));
        m_service->addNote(m_run, step.id, u"used correct-horse-battery"_qs);
        m_service->pinEvidence(m_run, step.id, {}, {{{}, u"auth"_qs, u"key is "_qs + value}});
        QTRY_VERIFY(m_journal->kinds(m_run).contains(EventKind::EvidencePinned));
        for (const models::Event& event : m_journal->events(m_run))
            QVERIFY2(!event.bytes.contains(value.toUtf8()), event.bytes.constData());
    }

    void sessionCarriesOver() {
        start(planOf({command(u"one"_qs, u"export A=1"_qs), command(u"two"_qs, u"echo $A"_qs)}));
        m_service->runAll(m_run);
        QTRY_COMPARE(status(u"two"_qs), StepStatus::Passed);
        const QList<AttemptRequest> requests = m_host->requests();
        QVERIFY(!requests[0].restoreFrom);
        QCOMPARE(requests[0].workingDirectory, u"/tmp"_qs);
        QCOMPARE(requests[1].restoreFrom, key(u"one"_qs));
    }

    void pausedRunStartsNothing() {
        start(planOf({command(u"one"_qs, u"true"_qs)}));
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->setPaused(m_run, true);
        m_service->startStep(m_run, StepId(u"one"_qs));
        QVERIFY(refused.wait());
        QVERIFY(m_service->state(m_run)->paused);
        m_service->setPaused(m_run, false);
        m_service->startStep(m_run, StepId(u"one"_qs));
        QTRY_COMPARE(status(u"one"_qs), StepStatus::Passed);
    }

    void waitStepPassesByItsTimer() {
        models::Step step = manual(u"wait"_qs);
        step.kind = models::StepKind::Wait;
        step.wait = std::chrono::milliseconds(20);
        start(planOf({step}));
        m_service->startStep(m_run, step.id);
        QTRY_COMPARE(status(u"wait"_qs), StepStatus::Passed);
        QCOMPARE(
            m_journal->kinds(m_run),
            (QList<EventKind>{EventKind::RunStarted, EventKind::TimerSet, EventKind::TimerFired}));
    }

    void inputReachesTheCommand() {
        m_host->define(u"read x"_qs, {"name? ", "", 0, false});
        models::Step step = command(u"ask"_qs, u"read x"_qs);
        step.options.values.insert(u"interactive"_qs, u"true"_qs);
        start(planOf({step}));
        m_service->startStep(m_run, step.id);
        QTRY_COMPARE(status(u"ask"_qs), StepStatus::Running);
        m_service->sendInput(m_run, step.id, "lead\n");
        QTRY_COMPARE(m_host->inputs(), QList<QByteArray>{"lead\n"});
        QTRY_COMPARE(m_service->state(m_run)->step(step.id).attempts.last().inputs, 1);
    }

    void sudoIsLookedAtBeforehand() {
        m_host->answerExec({1, {}, "sudo: a password is required"});
        start(planOf({command(u"root"_qs, u"sudo id"_qs)}));
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->startStep(m_run, StepId(u"root"_qs));
        QVERIFY(refused.wait());
        QVERIFY(m_host->requests().isEmpty());
        m_host->answerExec({0, {}, {}});
        m_service->startStep(m_run, StepId(u"root"_qs));
        QTRY_COMPARE(status(u"root"_qs), StepStatus::Passed);
    }

    void addedAndEditedCommandsAreDeviations() {
        start(planOf({command(u"one"_qs, u"true"_qs), manual(u"two"_qs)}));
        m_service->addCommand(m_run, StepId(u"one"_qs), u"sh"_qs, u"date"_qs);
        QTRY_COMPARE(m_host->scripts(), QStringList{u"date"_qs});
        QTRY_COMPARE(m_service->state(m_run)->plan->steps.size(), 3);
        QCOMPARE(m_service->state(m_run)->plan->steps[1].step.title, u"date"_qs);
        StartOptions options;
        options.editedScript = u"true --force"_qs;
        m_service->startStep(m_run, StepId(u"one"_qs), options);
        QTRY_COMPARE(status(u"one"_qs), StepStatus::Passed);
        m_service->confirmStep(m_run, StepId(u"two"_qs), true);
        m_service->close(m_run, models::RunOutcome::Succeeded, {});
        QTRY_COMPARE(m_service->state(m_run)->outcome, models::RunOutcome::SucceededWithDeviations);
        QTRY_VERIFY(m_host->isClosed(m_run));
    }

    void closingAsGoodNeedsEveryStep() {
        start(planOf({manual(u"one"_qs)}));
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->close(m_run, models::RunOutcome::Succeeded, {});
        QVERIFY(refused.wait());
        m_service->confirmStep(m_run, StepId(u"one"_qs), true);
        m_service->close(m_run, models::RunOutcome::Succeeded, {});
        QTRY_COMPARE(m_service->state(m_run)->outcome, models::RunOutcome::Succeeded);
    }

    void headOfTheChainIsRemembered() {
        start(planOf({manual(u"one"_qs), manual(u"two"_qs)}));
        // Let go of at its worst moment: the lock is recorded, and nobody was told yet.
        std::optional<QFuture<models::Result<void>>> released;
        connect(
            &*m_service, &RunService::eventsAppended, this,
            [this, &released] {
                while (m_journal->events(m_run).size() < 3)
                    QThread::yieldCurrentThread();
                released = m_service->release(m_run);
            },
            Qt::SingleShotConnection);
        m_service->confirmStep(m_run, StepId(u"one"_qs), true);
        QTRY_VERIFY(released && released->isFinished());
        QVERIFY(released->result());
        const QString key = HeadKeeper::keyOf(m_run);
        const auto head = [this] {
            return QString::fromLatin1(m_journal->events(m_run).last().hash.toHex());
        };
        QCOMPARE(m_secrets.entries.value(key), head());
        restart();
        m_service->close(m_run, models::RunOutcome::Aborted, u"enough"_qs);
        QTRY_COMPARE(m_service->state(m_run)->status, models::RunStatus::Closed);
        QCOMPARE(m_secrets.entries.value(key), head());
    }

    void openingAgainTellsWhatHappened() {
        start(planOf({manual(u"one"_qs), manual(u"two"_qs)}));
        m_service->confirmStep(m_run, StepId(u"one"_qs), true);
        QTRY_COMPARE(m_service->state(m_run)->lastSeq, 3); // with the lock
        QSignalSpy opened(&*m_service, &RunService::runOpened);
        QSignalSpy appended(&*m_service, &RunService::eventsAppended);
        (void)m_service->open(m_run);
        m_service->confirmStep(m_run, StepId(u"two"_qs), true);
        (void)m_service->open(m_run);
        QTRY_COMPARE(opened.size(), 2);
        QTRY_COMPARE(status(u"two"_qs), StepStatus::Passed);
        QVERIFY(opened.first()[2].toString().isEmpty()); // it is ours to write
        // What each opening told and what came after it are everything, and nothing twice.
        for (const QList<QVariant>& told : opened) {
            const auto events = told[1].value<QList<models::Event>>();
            QVERIFY(events.size() >= 2);
            for (qsizetype i = 0; i < events.size(); ++i)
                QCOMPARE(events[i].seq, i + 1);
        }
        QCOMPARE(m_service->state(m_run)->lastSeq, 4);
        QCOMPARE(appended.size(), 1);
    }

    void windowThatIsBehindHoldsOutputBack() {
        constexpr int steps = 12;
        const QByteArray megabyte(1024 * 1024, 'x');
        QList<models::Step> all;
        for (int i = 0; i < steps; ++i) {
            all.append(command(u"step-%1"_qs.arg(i), u"say %1"_qs.arg(i)));
            m_host->define(u"say %1"_qs.arg(i), {megabyte, {}, 0, true});
        }
        all.append(command(u"wait"_qs, u"sleep 100"_qs));
        m_host->define(u"sleep 100"_qs, {{}, {}, 0, false});
        start(planOf(all));
        qsizetype shown = 0;
        connect(
            &*m_service, &RunService::outputReceived, this,
            [&shown](const AttemptKey&, int, const QByteArray& bytes) { shown += bytes.size(); });
        // One that goes on meanwhile: its output is held back, and flows again.
        m_service->startStep(m_run, StepId(u"wait"_qs));
        QTRY_COMPARE(status(u"wait"_qs), StepStatus::Running);
        m_service->runAll(m_run);
        // This thread takes nothing in: the engine goes on by itself until it is too far ahead.
        QVERIFY(m_host->waitForFlow(Place::OutputFlow::Held, std::chrono::seconds(60)));
        QCOMPARE(shown, 0);
        QTRY_COMPARE(status(u"step-11"_qs), StepStatus::Passed);
        QCOMPARE(shown, steps * megabyte.size());
        QTRY_COMPARE(m_host->flows().last(), Place::OutputFlow::Flowing);
    }

    void folderStandsInTheIntent() {
        m_host->setFolder(u"mark"_qs);
        m_host->define(u"echo hi"_qs, {"hi\n", {}, 0, false});
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(m_host->starts(key(u"say"_qs)), 1);
        QCOMPARE(m_host->asked().last().folder, u"mark"_qs);
        QCOMPARE(m_host->asked().last().origin, AttemptOrigin::BegunHere);
        restart();
        QTRY_COMPARE(m_host->asked().size(), 2);
        QCOMPARE(m_host->asked().last().folder, u"mark"_qs);
        QCOMPARE(m_host->asked().last().origin, AttemptOrigin::FoundUnderWay);
    }

    void placeThatCannotRecordIsToldBeforeTheIntent() {
        m_host->failToOpen(
            models::Error{models::ErrorCode::NotWritable, u"There is no room."_qs, {}});
        start(planOf({command(u"say"_qs, u"echo hi"_qs)}));
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused.first()[2].value<models::Error>().message, u"There is no room."_qs);
        QCOMPARE(m_journal->kinds(m_run), QList<EventKind>{EventKind::RunStarted});
        m_host->failToOpen({});
        m_service->startStep(m_run, StepId(u"say"_qs));
        QTRY_COMPARE(status(u"say"_qs), StepStatus::Passed);
    }

    void runHeldElsewhereIsReadOnly() {
        start(planOf({manual(u"one"_qs)}));
        m_service.reset();
        m_journal->holdRuns(u"console 7 of lead@example"_qs);
        openService();
        QSignalSpy opened(&*m_service, &RunService::runOpened);
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        (void)m_service->open(m_run);
        QVERIFY(opened.wait());
        QCOMPARE(opened.first().at(2).toString(), u"console 7 of lead@example"_qs);
        m_service->confirmStep(m_run, StepId(u"one"_qs), true);
        QVERIFY(refused.wait());
        QCOMPARE(status(u"one"_qs), StepStatus::Pending);
    }

    void statusTextSaysWhereItStandsAndWhen() {
        start(planOf({manual(u"one"_qs), manual(u"two"_qs)}));
        const QString text =
            RunService::statusText(*m_service->state(m_run), m_service->state(m_run)->startedAt);
        QCOMPARE(text.split(u'\n').size(), 3);
        QVERIFY(text.contains(u"\nAs of 20"));
        QVERIFY(text.contains(u"0 of 2"));
        QVERIFY(text.contains(u"Next: one"));
    }
};

QTEST_GUILESS_MAIN(TestRunService)
#include "tst_runservice.moc"
