// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/goboard.h"
#include "models/run/next.h"
#include "models/run/observations.h"
#include "models/run/observeddraft.h"
#include "models/run/permission.h"
#include "models/run/standing.h"
#include "tests/models/run/runfixture.h"

#include <QTest>

using namespace models;
using namespace std::chrono_literals;
using tests::commandStep;
using tests::manualStep;
using tests::RunFixture;

namespace {

constexpr std::int64_t second = 1'000'000'000;
const StepId gate(u"gate"_qs);

Step gateStep(const QString& condition = u"errors < 10%"_qs) {
    Step step = manualStep(gate.text());
    step.kind = StepKind::Gate;
    step.condition = condition;
    return step;
}

PlanContext watched(std::chrono::milliseconds time = 60s) {
    PlanContext context;
    context.environment = u"prod"_qs;
    context.goLive.triggers = {{u"failing"_qs, u"errors > 10%"_qs, {}}};
    context.goLive.watch.time = time;
    context.goLive.observed = {u"errors"_qs};
    return context;
}

GateStanding standingOf(Verdict verdict, int samples = 5) {
    GateStanding standing;
    standing.verdict = verdict;
    standing.samples = samples;
    standing.at = {5 * second};
    standing.words = u"errors was 2 %"_qs;
    standing.reading = {verdict, {{u"errors < 10%"_qs, verdict, standing.words}}};
    return standing;
}

void enter(RunFixture& run) {
    run.feed(draft::gateEntered(gate, gateRuleOf(*run.state.plan, gateStep()), {1800 * second}));
}
void feed(RunFixture& run, const QList<EventDraft>& drafts) {
    for (const EventDraft& draft : drafts)
        run.feed(draft);
}
void passStep(RunFixture& run, const QString& id) {
    run.feed(draft::stepConfirmed(StepId(id), true, {}));
}
/// A span of the watch, in seconds since its start.
WatchSpan span(const RunFixture& run, int from, int to, Verdict verdict) {
    const std::int64_t start = run.state.watch->startedAt.nanoseconds;
    return {{start + from * second}, {start + to * second}, verdict, {{u"errors"_qs, verdict, {}}}};
}
/// All steps are done, and the watch has begun.
RunFixture watching(std::chrono::milliseconds time = 60s) {
    RunFixture run({manualStep(u"deploy"_qs)}, watched(time));
    passStep(run, u"deploy"_qs);
    run.feed(draft::watchStarted(watchRuleOf(*run.state.plan), {100 * second}));
    return run;
}

} // namespace

class TestRunObservations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGateIsEnteredWhenItIsNext() {
        RunFixture run({manualStep(u"a"_qs), gateStep(), manualStep(u"b"_qs)});
        QCOMPARE(observations(run.state).gateToEnter, -1);
        passStep(run, u"a"_qs);
        QCOMPARE(observations(run.state).gateToEnter, run.index(gate.text()));
        run.feed(draft::runPaused());
        QCOMPARE(observations(run.state).gateToEnter, -1);
        run.feed(draft::runResumed());
        enter(run);
        QCOMPARE(observations(run.state).gateToEnter, -1);
        QCOMPARE(observations(run.state).gates, QList<int>{run.index(gate.text())});
        QCOMPARE(run.status(u"gate"_qs), StepStatus::Waiting);
        QCOMPARE(run.status(u"b"_qs), StepStatus::Blocked);
        QCOMPARE(next(run.state), (QList<Effect>{ArmTimer{gate, {1800 * second}}}));
    }

    void aClosedRunWaitsForNothing() {
        RunFixture run({manualStep(u"a"_qs), gateStep(), manualStep(u"b"_qs)});
        passStep(run, u"a"_qs);
        enter(run);
        const auto words = [&run](const QString& id) {
            return standingWords(run.state, run.index(id));
        };
        QCOMPARE(words(u"gate"_qs), u"waiting"_qs);
        QVERIFY(goBoard(run.state).first().isAwaited);
        run.feed(draft::runClosed(RunOutcome::Aborted, {}));
        QCOMPARE(run.status(u"gate"_qs), StepStatus::Pending);
        QCOMPARE(words(u"a"_qs), u"passed"_qs);
        QCOMPARE(words(u"gate"_qs), u"never decided"_qs);
        QCOMPARE(words(u"b"_qs), u"not reached"_qs);
        QVERIFY(!goBoard(run.state).first().isAwaited);
    }

    void aGateWaitsForWhatRunsBeforeIt() {
        RunFixture run({commandStep(u"a"_qs, u"true"_qs), gateStep()});
        Attempt attempt;
        attempt.place = u"local"_qs;
        run.feed(draft::stepStarted(StepId(u"a"_qs), attempt));
        QCOMPARE(observations(run.state).gateToEnter, -1);
        attempt.exitCode = 0;
        run.feed(draft::stepFinished(StepId(u"a"_qs), attempt, StepStatus::Passed));
        QCOMPARE(observations(run.state).gateToEnter, 1);
    }

    void whatIsNoConditionIsForAPerson() {
        RunFixture run({gateStep(u"all good in the room"_qs)});
        QCOMPARE(observations(run.state).gateToEnter, -1);
        QVERIFY(refusal(run.state, 0, StepIntent::Confirm).isEmpty());
        const RunFixture observed({gateStep()});
        QVERIFY(refusal(observed.state, 0, StepIntent::Confirm).contains(u"Override"));
        QVERIFY(refusal(observed.state, 0, StepIntent::Override).isEmpty());
    }

    void itsRuleIsItsOwnOrTheEnvironments() {
        PlanContext context = watched();
        context.goLive.gates = {20s, 3, 5min};
        RunFixture run({gateStep()}, context);
        Step step = gateStep();
        QCOMPARE(gateRuleOf(*run.state.plan, step), (GateRule{20s, 3, 5min}));
        step.options.values = {{u"samples"_qs, u"7"_qs}, {u"deadline"_qs, u"1m"_qs}};
        QCOMPARE(gateRuleOf(*run.state.plan, step), (GateRule{20s, 7, 1min}));
        step = gateStep();
        step.kind = StepKind::Check;
        QCOMPARE(gateRuleOf(*run.state.plan, step), (GateRule{20s, 1, 5min}));
    }

    void aGatePassesOnWhatIsRecorded() {
        RunFixture run({gateStep(), manualStep(u"b"_qs)});
        enter(run);
        feed(run, gateDrafts(run.state, gate, standingOf(Verdict::Fail)));
        QCOMPARE(run.state.gates[gate].verdict, Verdict::Fail);
        QVERIFY(gateDrafts(run.state, gate, standingOf(Verdict::Fail)).isEmpty());
        feed(run, gateDrafts(run.state, gate, standingOf(Verdict::Unknown, 0)));
        feed(run, gateDrafts(run.state, gate, standingOf(Verdict::Pass)));
        QCOMPARE(run.status(u"gate"_qs), StepStatus::Passed);
        QCOMPARE(run.state.step(gate).reason, u"errors was 2 %"_qs);
        QCOMPARE(run.state.step(gate).actor, QString()); // nobody decided it
        QVERIFY(!run.state.step(gate).deviation);
        QVERIFY(gateDrafts(run.state, gate, standingOf(Verdict::Fail)).isEmpty());
    }

    void aGateNeverPassesOtherwise_data() {
        QTest::addColumn<EventDraft>("event");
        const GateStanding passing = standingOf(Verdict::Pass);
        QTest::newRow("nothing observed") << draft::gatePassedOn(gate, passing);
        QTest::newRow("a person's word") << draft::gatePassed(gate, u"looks good"_qs);
        QTest::newRow("a person's judgement") << draft::stepConfirmed(gate, true, {});
    }
    void aGateNeverPassesOtherwise() {
        QFETCH(EventDraft, event);
        RunFixture run({gateStep()});
        enter(run);
        run.feed(event);
        QCOMPARE(run.status(u"gate"_qs), StepStatus::Waiting);
        run.feed(draft::gateObserved(gate, standingOf(Verdict::Unknown)));
        run.feed(event);
        QCOMPARE(run.status(u"gate"_qs), StepStatus::Waiting);
        run.feed(draft::gateObserved(gate, standingOf(Verdict::Pass, 4)));
        run.feed(event);
        QCOMPARE(run.status(u"gate"_qs), StepStatus::Waiting);
    }

    void theDeadlineCallsAPerson_data() {
        QTest::addColumn<Verdict>("last");
        QTest::addColumn<StepStatus>("status");
        QTest::addColumn<QString>("words");
        QTest::newRow("it fails") << Verdict::Fail << StepStatus::Failed
                                  << u"It did not pass within 30 min: errors was 2 %"_qs;
        QTest::newRow("it is not known") << Verdict::Unknown << StepStatus::Unknown
                                         << u"It was not known within 30 min: errors was 2 %"_qs;
    }
    void theDeadlineCallsAPerson() {
        QFETCH(Verdict, last);
        RunFixture run({gateStep(), manualStep(u"b"_qs)});
        enter(run);
        run.feed(draft::gateObserved(gate, standingOf(last)));
        run.feed(draft::timerFired(gate));
        QTEST(run.status(u"gate"_qs), "status");
        QTEST(run.state.step(gate).reason, "words");
        QCOMPARE(run.status(u"b"_qs), StepStatus::Blocked);
        // It is entered anew, or overridden.
        RunFixture again = run;
        again.feed(draft::stepReopened(gate));
        QCOMPARE(observations(again.state).gateToEnter, 0);
        run.feed(draft::gateOverridden(gate, u"known noise"_qs, u"deputy"_qs));
        QCOMPARE(run.status(u"gate"_qs), StepStatus::Passed);
        QCOMPARE(run.state.step(gate).reason, u"known noise (with deputy)"_qs);
        QVERIFY(run.state.step(gate).deviation);
    }

    void triggersAreArmedByTheFirstChange() {
        Step look = commandStep(u"look"_qs, u"true"_qs);
        look.options.values.insert(u"readonly"_qs, u"true"_qs);
        RunFixture run({look, commandStep(u"deploy"_qs, u"true"_qs)}, watched());
        Attempt attempt;
        attempt.place = u"local"_qs;
        run.feed(draft::stepStarted(StepId(u"look"_qs), attempt));
        QVERIFY(!observations(run.state).armTriggers);
        run.feed(draft::stepStarted(StepId(u"deploy"_qs), attempt));
        QVERIFY(observations(run.state).armTriggers);
        run.feed(draft::triggerArmed(u"failing"_qs));
        QVERIFY(!observations(run.state).armTriggers);
        QVERIFY(observations(run.state).triggers);
        run.feed(draft::runClosed(RunOutcome::Aborted, {}));
        QCOMPARE(observations(run.state), Observations());
    }

    void theGravestOfThoseThatHoldComesFirst() {
        PlanContext context = watched();
        context.goLive.triggers = {{u"a"_qs, u"1 > 0"_qs, {}},
                                   {u"b"_qs, u"1 > 0"_qs, {}},
                                   {u"c"_qs, u"1 > 0"_qs, {}},
                                   {u"d"_qs, u"1 > 0"_qs, {}}};
        context.goLive.triggers[0].severity = Severity::Hint;
        context.goLive.triggers[1].severity = Severity::Warning;
        RunFixture run(RunFixture::runbookOf({manualStep(u"one"_qs)}), context);
        for (const QString& name : {u"a"_qs, u"b"_qs, u"c"_qs, u"d"_qs})
            run.feed(draft::triggerArmed(name));
        QVERIFY(heldTriggers(run.state).isEmpty());
        for (const QString& name : {u"a"_qs, u"b"_qs, u"c"_qs})
            run.feed(draft::triggerHeld(name, u"1"_qs));
        QCOMPARE(heldTriggers(run.state), (QList<HeldTrigger>{{u"c"_qs, Severity::Error},
                                                              {u"b"_qs, Severity::Warning},
                                                              {u"a"_qs, Severity::Hint}}));
    }

    void triggersOfDocumentsAreThoseThatSpeakOfWhatIsObserved() {
        Runbook runbook = RunFixture::runbookOf({manualStep(u"a"_qs)});
        runbook.frontMatter.triggers = {u"portal.http.status != 200"_qs};
        runbook.conditions = {{u"errors > 50%"_qs, 1, true},
                              {u"users > 5"_qs, 2, true},
                              {u"failing"_qs, 3, true},
                              {u"Errors rise above 10%"_qs, 4, true},
                              {u"errors < 1%"_qs, 5, false}};
        const RunFixture run(runbook, watched());
        QStringList names;
        for (const Trigger& trigger : triggersOf(*run.state.plan))
            names.append(trigger.name);
        QCOMPARE(names,
                 (QStringList{u"failing"_qs, u"portal.http.status != 200"_qs, u"errors > 50%"_qs}));
        QCOMPARE(watchRuleOf(*run.state.plan).criteria, QStringList{u"errors < 1%"_qs});
        runbook.kind = DocumentKind::RollbackRunbook;
        const RunFixture back(runbook, watched());
        QVERIFY(triggersOf(*back.state.plan).isEmpty());
        QCOMPARE(watchRuleOf(*back.state.plan).time, 0ms);
    }

    void aTriggerThatGoesBackAndForthDoesNotNag() {
        RunFixture run({manualStep(u"a"_qs)}, watched());
        const QString name = u"failing"_qs;
        const auto trigger = [&run, name] { return run.state.triggers[name]; };
        const auto wait = [&run](std::chrono::seconds time) {
            run.state.lastSeq += time.count(); // the fixture's clock goes by it
        };
        run.feed(draft::triggerArmed(name));
        run.feed(draft::triggerHeld(name, u"errors was 20 %"_qs));
        QVERIFY(trigger().asks() && trigger().isNews);
        QCOMPARE(trigger().words, u"errors was 20 %"_qs);
        run.feed(draft::triggerAcknowledged(name, u"a known peak"_qs));
        QVERIFY(!trigger().asks());
        QCOMPARE(trigger().acknowledgedBy, u"lead@example"_qs);
        for (int i = 0; i < 3; ++i) {
            run.feed(draft::triggerCleared(name, {}));
            wait(60s);
            run.feed(draft::triggerHeld(name, {}));
            QVERIFY(trigger().holds && !trigger().asks() && !trigger().isNews);
        }
        run.feed(draft::triggerCleared(name, {}));
        wait(calmAfterTrigger);
        run.feed(draft::triggerHeld(name, {}));
        QVERIFY(trigger().asks() && trigger().isNews);
        QCOMPARE(trigger().times, 5);
    }

    void theWatchBeginsWhenAllIsDone() {
        RunFixture run({manualStep(u"a"_qs), manualStep(u"b"_qs)}, watched());
        passStep(run, u"a"_qs);
        QVERIFY(!observations(run.state).startWatch);
        passStep(run, u"b"_qs);
        QVERIFY(observations(run.state).startWatch);
        QCOMPARE(goodOutcome(run.state), RunOutcome::SucceededWithDeviations);
        RunFixture unwatched({manualStep(u"a"_qs)}, watched(0s));
        passStep(unwatched, u"a"_qs);
        QVERIFY(!observations(unwatched.state).startWatch);
        QCOMPARE(goodOutcome(unwatched.state), RunOutcome::Succeeded);
    }

    void whatChangedNothingIsNotWatched() {
        Step look = commandStep(u"look"_qs, u"true"_qs);
        look.options.values.insert(u"readonly"_qs, u"true"_qs);
        RunFixture run({look}, watched());
        passStep(run, u"look"_qs);
        QVERIFY(!observations(run.state).startWatch);
        QCOMPARE(goodOutcome(run.state), RunOutcome::Succeeded);
    }

    void aStepCanStandForTheWatch() {
        Step watch = manualStep(u"watch"_qs);
        watch.options.values.insert(u"watch"_qs, u"2m"_qs);
        RunFixture run({manualStep(u"a"_qs), watch}, watched());
        QCOMPARE(watchRuleOf(*run.state.plan).time, 2min);
        QVERIFY(!observations(run.state).startWatch);
        passStep(run, u"a"_qs);
        QVERIFY(observations(run.state).startWatch);
        run.feed(draft::watchStarted(watchRuleOf(*run.state.plan), {100 * second}));
        QCOMPARE(run.status(u"watch"_qs), StepStatus::Pending);
        RunFixture ended = run;
        run.feed(draft::watchEnded({Verdict::Pass, {}, u"all seen"_qs}));
        QCOMPARE(run.status(u"watch"_qs), StepStatus::Passed);
        QCOMPARE(goodOutcome(run.state), RunOutcome::Succeeded);
        ended.feed(draft::watchEnded({Verdict::Unknown, {}, {}}, u"we know enough"_qs));
        QCOMPARE(ended.status(u"watch"_qs), StepStatus::Skipped);
        QCOMPARE(goodOutcome(ended.state), RunOutcome::SucceededWithDeviations);
    }

    void successIsClaimedOnlyForTimeThatWasSeen_data() {
        QTest::addColumn<QList<int>>("seen"); // begin, end, verdict …
        QTest::addColumn<Verdict>("result");
        const int pass = int(Verdict::Pass);
        const int fail = int(Verdict::Fail);
        const int unknown = int(Verdict::Unknown);
        QTest::newRow("all of it") << QList<int>{0, 60, pass} << Verdict::Pass;
        QTest::newRow("nothing") << QList<int>{} << Verdict::Unknown;
        QTest::newRow("half, for the console was gone")
            << QList<int>{0, 15, pass, 45, 60, pass} << Verdict::Unknown;
        QTest::newRow("twice the same half")
            << QList<int>{0, 30, pass, 0, 30, pass} << Verdict::Unknown;
        QTest::newRow("a moment was bad")
            << QList<int>{0, 30, pass, 30, 32, fail, 32, 60, pass} << Verdict::Pass;
        QTest::newRow("much was bad")
            << QList<int>{0, 30, pass, 30, 40, fail, 40, 60, pass} << Verdict::Fail;
        QTest::newRow("it ends badly") << QList<int>{0, 59, pass, 59, 60, fail} << Verdict::Fail;
        QTest::newRow("the end is not known")
            << QList<int>{0, 59, pass, 59, 60, unknown} << Verdict::Unknown;
        QTest::newRow("more than there was") << QList<int>{0, 600, pass} << Verdict::Pass;
    }
    void successIsClaimedOnlyForTimeThatWasSeen() {
        QFETCH(QList<int>, seen);
        RunFixture run = watching();
        QCOMPARE(run.state.status, RunStatus::Watching);
        for (int i = 0; i + 2 < seen.size(); i += 3)
            run.feed(draft::watchObserved(
                span(run, seen[i], seen[i + 1], static_cast<Verdict>(seen[i + 2]))));
        const Finding finding = watchFinding(*run.state.watch);
        QTEST(finding.verdict, "result");
        QVERIFY(watchCoverage(*run.state.watch, run.state.watch->until) <= 1);
        run.feed(draft::watchEnded(finding));
        QCOMPARE(run.state.status, RunStatus::Open);
        QCOMPARE(goodOutcome(run.state), finding.verdict == Verdict::Pass
                                             ? RunOutcome::Succeeded
                                             : RunOutcome::SucceededWithDeviations);
        QVERIFY(!observations(run.state).startWatch);
    }

    void aRunThatIsWatchedDoesNotCloseAsGood() {
        const RunFixture run = watching();
        QVERIFY(closingRefusal(run.state, RunOutcome::Succeeded).contains(u"watched"));
        QVERIFY(closingRefusal(run.state, RunOutcome::Failed).isEmpty());
    }

    void rulesSurviveTheJournal() {
        PlanContext context = watched();
        context.goLive.gates = {20s, 3, 5min};
        context.goLive.watch.criteria = {u"errors < 1%"_qs};
        context.goLive.autoRollback = true;
        const RunFixture run({manualStep(u"a"_qs)}, context);
        QCOMPARE(run.state.plan->context.goLive, context.goLive);
    }
};

Q_DECLARE_METATYPE(models::EventDraft)

QTEST_GUILESS_MAIN(TestRunObservations)
#include "tst_runobservations.moc"
