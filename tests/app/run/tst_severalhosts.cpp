// SPDX-License-Identifier: GPL-3.0-or-later
// Steps on several hosts, through the engine: in parallel, in batches, and what fails on some.
#include "models/run/event.h"
#include "models/run/hosts.h"
#include "tests/support/runfixture.h"

#include <map>
#include <optional>

using namespace app;
using models::AttemptKey;
using models::EventKind;
using models::RunId;
using models::StepId;
using models::StepStatus;
using tests::FakeCommand;

namespace {

const QString script = u"deploy"_qs;
const StepId deploy(u"deploy"_qs);

models::Step stepOn(const QString& on, const QMap<QString, QString>& options = {}) {
    models::Step step;
    step.id = deploy;
    step.title = u"Deploy"_qs;
    step.kind = models::StepKind::Command;
    models::Command command;
    command.text = script;
    command.language = u"sh"_qs;
    step.commands = {command};
    step.options.values = options;
    step.options.values.insert(u"on"_qs, on);
    return step;
}

FakeCommand endless() {
    return {{}, {}, 0, false};
}

} // namespace

class TestSeveralHosts : public QObject, protected tests::RunFixture {
    Q_OBJECT

private:
    std::map<QString, tests::FakeHost> m_hosts;

    [[nodiscard]] tests::FakeHost& hostCalled(const QString& name) override {
        return m_hosts.at(name);
    }
    [[nodiscard]] tests::FakeHost& host(int number) { return m_hosts[u"web-%1"_qs.arg(number)]; }

    void everyHost(const FakeCommand& command) {
        for (auto& [name, host] : m_hosts)
            host.define(script, command);
    }
    void start(const QList<models::Step>& steps) {
        models::Runbook runbook;
        runbook.title = u"Deploy"_qs;
        runbook.steps = steps;
        models::PlanContext context;
        for (const auto& [name, host] : m_hosts)
            context.hosts.append({name, u"deploy@example.com"_qs});
        RunFixture::start(std::make_shared<const models::Plan>(models::makePlan(runbook, context)));
    }
    [[nodiscard]] const models::StepState& step() const {
        return m_service->state(m_run)->step(deploy);
    }
    [[nodiscard]] StepStatus status() const { return step().status; }
    [[nodiscard]] AttemptKey key(int number) const { return {m_run, deploy, number}; }
    /// "web-1 passed, web-2 pending"
    [[nodiscard]] QString progress() const {
        QStringList hosts;
        for (const models::HostProgress& host : models::hostProgress(*m_service->state(m_run), 0))
            hosts.append(host.host + u' ' + models::stepStatusName(host.status));
        return hosts.join(u", "_qs);
    }
    /// How often the script was started on each host.
    [[nodiscard]] QList<int> starts() const {
        QList<int> counts;
        for (const auto& [name, host] : m_hosts)
            counts.append(static_cast<int>(host.requests().size()));
        return counts;
    }

private Q_SLOTS:
    void init() {
        m_hosts.clear();
        for (int number = 1; number <= 4; ++number)
            (void)host(number);
        openNewService();
    }
    void cleanup() { m_service.reset(); }

    void allRunAtOnceAndEachSpeaksForItself() {
        host(1).define(script, {"one\n", {}, 0, false});
        host(2).define(script, {"two\n", {}, 0, false});
        start({stepOn(u"web-1, web-2"_qs)});
        QCOMPARE(RunService::resolve(*m_service->state(m_run), deploy, {}).place,
                 u"web-1, web-2"_qs);
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 0, 0}));
        QTRY_COMPARE(status(), StepStatus::Running);
        host(1).end(key(1), 0);
        QTRY_COMPARE(progress(), u"web-1 passed, web-2 running"_qs);
        QCOMPARE(status(), StepStatus::Running);
        host(2).end(key(2), 0);
        QTRY_COMPARE(status(), StepStatus::Passed);
        QTRY_COMPARE(m_journal->output(key(1), 0, 100).result().value(), QByteArray("one\n"));
        QTRY_COMPARE(m_journal->output(key(2), 0, 100).result().value(), QByteArray("two\n"));
        QTRY_VERIFY(host(1).isAcknowledged(key(1)) && host(2).isAcknowledged(key(2)));
    }

    void batchesFollowOneAnother() {
        everyHost(endless());
        start({stepOn(u"web-1, web-2, web-3"_qs, {{u"batch"_qs, u"2"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 0, 0}));
        host(1).end(key(1), 0);
        QTRY_COMPARE(progress(), u"web-1 passed, web-2 running, web-3 pending"_qs);
        QCOMPARE(starts(), (QList<int>{1, 1, 0, 0}));
        host(2).end(key(2), 0);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 1, 0}));
        QCOMPARE(status(), StepStatus::Running);
        host(3).end(key(3), 0);
        QTRY_COMPARE(status(), StepStatus::Passed);
    }

    void failureStopsFurtherBatchesAndIsRetriedAlone() {
        host(2).define(script, {"no\n", {}, 1, true});
        start({stepOn(u"web-1, web-2, web-3"_qs, {{u"batch"_qs, u"2"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Failed);
        QCOMPARE(progress(), u"web-1 passed, web-2 failed, web-3 pending"_qs);
        QCOMPARE(step().reason, u"1 of 3 hosts passed; web-2 failed (exit 1); not run on web-3"_qs);
        host(2).define(script, {});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        QCOMPARE(starts(), (QList<int>{1, 2, 1, 0}));
    }

    void lastHostEndsAfterAFailureElsewhere() {
        everyHost(endless());
        start({stepOn(u"web-1, web-2"_qs)});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 0, 0}));
        host(1).end(key(1), 3);
        QTRY_COMPARE(progress(), u"web-1 failed, web-2 running"_qs);
        QCOMPARE(status(), StepStatus::Running);
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(refused.size(), 1);
        host(2).end(key(2), 0);
        QTRY_COMPARE(status(), StepStatus::Failed);
        QCOMPARE(step().reason, u"1 of 2 hosts passed; web-1 failed (exit 3)"_qs);
        QCOMPARE(starts(), (QList<int>{1, 1, 0, 0}));
    }

    void pauseBetweenBatchesIsATimer() {
        start({stepOn(u"web-1, web-2, web-3"_qs,
                      {{u"batch"_qs, u"1"_qs}, {u"wait"_qs, u"20ms"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        const QList<EventKind> batch{EventKind::StepStarted, EventKind::StepFinished};
        const QList<EventKind> locks(4, EventKind::LockTaken); // here and at each host
        const QList<EventKind> pause{EventKind::TimerSet, EventKind::TimerFired};
        QCOMPARE(m_journal->kinds(m_run), QList<EventKind>{EventKind::RunStarted} + locks + batch +
                                              pause + batch + pause + batch);
    }

    void unknownOutcomeHoldsTheRestAndIsAPersonsToDecide() {
        host(2).loseOutcomes(u"The host was restarted."_qs);
        start({stepOn(u"web-1, web-2, web-3"_qs, {{u"batch"_qs, u"2"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Unknown);
        QCOMPARE(progress(), u"web-1 passed, web-2 unknown, web-3 pending"_qs);
        QCOMPARE(models::hostProgress(*m_service->state(m_run), 0)[1].evidence, u"no record"_qs);
        m_service->markPassed(m_run, deploy, u"its log says so"_qs, u"web-2"_qs);
        // Nothing begins by itself: what was decided by hand is gone on from by hand.
        QTRY_COMPARE(status(), StepStatus::Pending);
        QCOMPARE(progress(), u"web-1 passed, web-2 passed, web-3 pending"_qs);
        QVERIFY(step().deviation);
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        QCOMPARE(starts(), (QList<int>{1, 0, 1, 0}));
    }

    void retryLeavesTheUnknownAloneUntilItIsMeant() {
        host(1).define(script, {{}, {}, 1, true});
        host(2).loseOutcomes(u"The host was restarted."_qs);
        start({stepOn(u"web-1, web-2"_qs)});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Failed);
        host(1).define(script, {});
        host(2).loseOutcomes({});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(progress(), u"web-1 passed, web-2 unknown"_qs);
        QCOMPARE(starts(), (QList<int>{2, 0, 0, 0}));
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        QCOMPARE(starts(), (QList<int>{2, 1, 0, 0}));
    }

    void oneHostIsStartedAlone() {
        start({stepOn(u"web-1, web-2, web-3"_qs)});
        StartOptions options;
        options.hosts = QStringList{u"web-2"_qs};
        QCOMPARE(RunService::resolve(*m_service->state(m_run), deploy, options).place, u"web-2"_qs);
        m_service->startStep(m_run, deploy, options);
        QTRY_COMPARE(progress(), u"web-1 pending, web-2 passed, web-3 pending"_qs);
        QCOMPARE(status(), StepStatus::Pending);
        options.hosts = QStringList{u"db-1"_qs};
        QSignalSpy refused(&*m_service, &RunService::intentRefused);
        m_service->startStep(m_run, deploy, options);
        QTRY_COMPARE(refused.size(), 1);
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        QCOMPARE(starts(), (QList<int>{1, 1, 1, 0}));
    }

    void consoleComesBackInTheMiddleOfABatch() {
        everyHost(endless());
        start({stepOn(u"web-1, web-2, web-3"_qs, {{u"batch"_qs, u"2"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 0, 0}));
        host(1).end(key(1), 0);
        QTRY_COMPARE(progress(), u"web-1 passed, web-2 running, web-3 pending"_qs);
        restart();
        QTRY_VERIFY(m_journal->kinds(m_run).contains(EventKind::Reattached));
        QCOMPARE(host(2).asked().last().origin, AttemptOrigin::FoundUnderWay);
        host(2).end(key(2), 0);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 1, 0}));
        QCOMPARE(host(3).asked().last().origin, AttemptOrigin::BegunHere);
        host(3).end(key(3), 0);
        QTRY_COMPARE(status(), StepStatus::Passed);
    }

    void consoleComesBackWhenABatchHasEndedMeanwhile() {
        everyHost(endless());
        start({stepOn(u"web-1, web-2"_qs, {{u"batch"_qs, u"1"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(starts(), (QList<int>{1, 0, 0, 0}));
        m_service.reset();
        host(1).end(key(1), 0);
        restart();
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 0, 0}));
    }

    void consoleComesBackInTheMiddleOfAPause() {
        start({stepOn(u"web-1, web-2"_qs, {{u"batch"_qs, u"1"_qs}, {u"wait"_qs, u"1h"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Waiting);
        const models::Instant until = step().waitUntil;
        QVERIFY(!until.isNull());
        restart();
        QTRY_VERIFY(m_journal->kinds(m_run).contains(EventKind::DriverChanged));
        QCOMPARE(status(), StepStatus::Waiting);
        QCOMPARE(step().waitUntil, until);
        QCOMPARE(starts(), (QList<int>{1, 0, 0, 0}));
    }

    void cancelEndsAllThatRunsAndBeginsNothingMore() {
        everyHost(endless());
        start({stepOn(u"web-1, web-2, web-3"_qs, {{u"batch"_qs, u"2"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 0, 0}));
        m_service->cancelStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Failed);
        QCOMPARE(progress(), u"web-1 failed, web-2 failed, web-3 pending"_qs);
        QCOMPARE(step().reason, u"0 of 3 hosts passed; web-1 was cancelled, web-2 was cancelled; "
                                "not run on web-3"_qs);
        QCOMPARE(m_journal->kinds(m_run).count(EventKind::CancelRequested), 2);
    }

    void cancelInAPauseLeavesTheRestOut() {
        start({stepOn(u"web-1, web-2"_qs, {{u"batch"_qs, u"1"_qs}, {u"wait"_qs, u"1h"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Waiting);
        m_service->cancelStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Failed);
        QCOMPARE(step().reason, u"It was cancelled. 1 of 2 hosts passed; not run on web-2"_qs);
        m_service->startStep(m_run, deploy); // a person starts what was left out
        QTRY_COMPARE(status(), StepStatus::Passed);
        QCOMPARE(starts(), (QList<int>{1, 1, 0, 0}));
    }

    void hostThatCannotBeReachedFailsAlone() {
        host(2).failToOpen(
            models::Error{models::ErrorCode::NotFound, u"web-2 does not answer."_qs, {}});
        start({stepOn(u"web-1, web-2"_qs)});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(progress(), u"web-1 passed, web-2 failed"_qs);
        const auto hosts = models::hostProgress(*m_service->state(m_run), 0);
        QCOMPARE(hosts[1].ended, models::AttemptStatus::NotStarted);
        QCOMPARE(hosts[1].reason, u"web-2 does not answer."_qs);
        QCOMPARE(step().reason, u"1 of 2 hosts passed; web-2 did not start"_qs);
        host(2).failToOpen({});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        QCOMPARE(starts(), (QList<int>{1, 1, 0, 0}));
    }

    void pausedRunBeginsNoBatch() {
        everyHost(endless());
        start({stepOn(u"web-1, web-2"_qs, {{u"batch"_qs, u"1"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(starts(), (QList<int>{1, 0, 0, 0}));
        m_service->setPaused(m_run, true);
        QTRY_VERIFY(m_service->state(m_run)->paused);
        host(1).end(key(1), 0);
        QTRY_COMPARE(progress(), u"web-1 passed, web-2 pending"_qs);
        m_service->addNote(m_run, deploy, u"all that was to come is through by now"_qs);
        QTRY_COMPARE(step().notes.size(), 1);
        QCOMPARE(starts(), (QList<int>{1, 0, 0, 0}));
        m_service->setPaused(m_run, false);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 0, 0}));
    }

    void nextBatchIsRecordedAsSoonAsTheJournalCan() {
        start({stepOn(u"web-1, web-2"_qs, {{u"batch"_qs, u"1"_qs}})});
        m_journal->failOnceAfter(2); // of the first batch start and end are written
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        QCOMPARE(starts(), (QList<int>{1, 1, 0, 0}));
    }

    void judgementLetsTheRestGoOn() {
        models::Step judged = stepOn(u"web-1, web-2"_qs, {{u"batch"_qs, u"1"_qs}});
        judged.expectations = {{models::ExpectationKind::Manual, u"as many as before"_qs, 3}};
        start({judged});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Waiting);
        QCOMPARE(progress(), u"web-1 waiting, web-2 pending"_qs);
        m_service->confirmStep(m_run, deploy, true);
        QTRY_COMPARE(progress(), u"web-1 passed, web-2 waiting"_qs);
        m_service->confirmStep(m_run, deploy, false, u"too few"_qs, u"web-2"_qs);
        QTRY_COMPARE(status(), StepStatus::Failed);
        QCOMPARE(step().reason, u"too few"_qs);
    }

    void inputReachesEveryHost() {
        everyHost(endless());
        start({stepOn(u"web-1, web-2"_qs, {{u"interactive"_qs, u"true"_qs}})});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(starts(), (QList<int>{1, 1, 0, 0}));
        m_service->sendInput(m_run, deploy, "yes\n", u"web-2"_qs);
        QTRY_COMPARE(host(2).inputs(), QList<QByteArray>{"yes\n"});
        QTRY_COMPARE(progress(), u"web-1 running, web-2 passed"_qs);
        QVERIFY(host(1).inputs().isEmpty());
        m_service->sendInput(m_run, deploy, "no\n");
        QTRY_COMPARE(host(1).inputs(), QList<QByteArray>{"no\n"});
        QTRY_COMPARE(status(), StepStatus::Passed);
    }

    void runAllGoesOnWhenEveryHostHasPassed() {
        models::Step after = stepOn(u"web-4"_qs);
        after.id = StepId(u"after"_qs);
        start({stepOn(u"web-1, web-2, web-3"_qs, {{u"batch"_qs, u"1"_qs}}), after});
        QSignalSpy stopped(&*m_service, &RunService::runAllStopped);
        m_service->runAll(m_run);
        QVERIFY(stopped.wait());
        QCOMPARE(stopped.first().at(1).value<StepId>(), StepId());
        QCOMPARE(starts(), (QList<int>{1, 1, 1, 1}));
        const auto runs = m_service->runs().result();
        QCOMPARE(runs->first().done, 2);
        QCOMPARE(runs->first().total, 2);
    }

    void reopenedStepRunsOnAllAgain() {
        start({stepOn(u"web-1, web-2"_qs)});
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        m_service->reopenStep(m_run, deploy);
        QTRY_COMPARE(progress(), u"web-1 pending, web-2 pending"_qs);
        m_service->startStep(m_run, deploy);
        QTRY_COMPARE(status(), StepStatus::Passed);
        QCOMPARE(starts(), (QList<int>{2, 2, 0, 0}));
    }
};

QTEST_GUILESS_MAIN(TestSeveralHosts)
#include "tst_severalhosts.moc"
