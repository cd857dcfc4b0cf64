// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draftprogress.h"
#include "models/run/next.h"
#include "models/run/permission.h"
#include "models/run/standing.h"
#include "tests/models/run/runfixture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace models;
using tests::commandStep;
using tests::manualStep;
using tests::RunFixture;

namespace {

Attempt attempt(int number = 1) {
    Attempt started;
    started.number = number;
    started.place = u"local"_qs;
    started.shell = u"sh"_qs;
    started.script = u"true"_qs;
    return started;
}

Attempt ended(int exitCode, int number = 1) {
    Attempt finished = attempt(number);
    finished.exitCode = exitCode;
    finished.stateSaved = true;
    return finished;
}

/// A plan with everything in it that decides: nesting, gates, lanes, sections.
Runbook richRunbook() {
    Runbook runbook;
    QList<Step> steps;
    QRandomGenerator random(7);
    for (int i = 0; i < 40; ++i) {
        Step step =
            i % 3 ? commandStep(u"s%1"_qs.arg(i), u"true"_qs) : manualStep(u"s%1"_qs.arg(i));
        if (i % 5 == 2)
            step.parent = i - 1;
        step.urgent = i % 11 == 4;
        if (i == 15)
            step.kind = StepKind::Gate;
        if (i == 25) {
            step.kind = StepKind::Approval;
            step.commands.clear();
            step.approval = ApprovalRule{2, false};
        }
        step.lane = i >= 34 ? Lane::Rollback : Lane::Main;
        step.section = i / 10;
        steps.append(step);
    }
    runbook = RunFixture::runbookOf(steps);
    for (int i = 0; i < 4; ++i) {
        Section section;
        section.title = u"Section %1"_qs.arg(i);
        section.parent = i == 1 ? 0 : -1;
        runbook.sections.append(section);
    }
    return runbook;
}

EventDraft randomDraft(QRandomGenerator& random, const RunState& state) {
    const auto count = static_cast<int>(state.plan->steps.size());
    const StepId id = random.bounded(20) == 0 ? StepId(u"no-such-step"_qs)
                                              : state.plan->steps[random.bounded(count)].step.id;
    const int number = static_cast<int>(state.step(id).attempts.size());
    switch (random.bounded(24)) {
    case 0:
    case 1:
    case 2:
    case 3:
        return draft::stepStarted(id, attempt(number + 1));
    case 4:
    case 5:
    case 6:
        return draft::stepFinished(id, ended(0, number), StepStatus::Passed);
    case 7:
        return draft::stepFinished(id, ended(1, number), StepStatus::Failed);
    case 8:
        return draft::outcomeUnknown(id, number, u"gone"_qs, {});
    case 9:
        return draft::cancelRequested(id, number);
    case 10:
        return draft::cancelled(id, ended(143, number), StepStatus::Failed);
    case 11:
        return draft::stepConfirmed(id, random.bounded(2) == 0, {});
    case 12:
        return draft::stepSkipped(id, u"why not"_qs);
    case 13:
        return draft::stepReopened(id);
    case 14:
        return draft::approvalGiven(id, u"p%1"_qs.arg(random.bounded(3)), {});
    case 15:
        return draft::timerSet(id, {5'000'000'000});
    case 16:
        return draft::timerFired(id);
    case 17:
        return draft::commandAdded(id, StepId(u"added-%1"_qs.arg(state.lastSeq)), u"sh"_qs,
                                   u"date"_qs);
    case 18:
        return {EventKind::StepFinished, {{u"step"_qs, 7}, {u"attempt"_qs, u"x"_qs}}};
    case 19:
        return draft::approvalRequested(id, {random.bounded(2) * 9'000'000'000'000});
    case 20:
        return draft::approvalRejected(id, u"p%1"_qs.arg(random.bounded(3)), {});
    case 21:
        return draft::approvalExpired(id);
    default:
        return draft::gateOverridden(id, u"I know"_qs);
    }
}

/// Everything that the tallies say, counted anew from the leaves.
void compareWithCounting(const RunState& state) {
    RunState counted = state;
    rebuildStanding(counted);
    QCOMPARE(state.standing.steps, counted.standing.steps);
    QCOMPARE(state.standing.sections, counted.standing.sections);
    QCOMPARE(state.standing.active, counted.standing.active);
    QCOMPARE(state.standing.blockersDone, counted.standing.blockersDone);
    for (int lane = 0; lane < 3; ++lane)
        QCOMPARE(state.standing.lanes[lane], counted.standing.lanes[lane]);
    for (int i = 0; i < state.plan->steps.size(); ++i) {
        if (state.plan->isLeaf(i))
            continue;
        bool allDone = true;
        bool running = false;
        for (int leaf = i; leaf < state.plan->steps[i].end; ++leaf) {
            if (!state.plan->isLeaf(leaf))
                continue;
            const StepStatus status = state.step(state.plan->steps[leaf].step.id).status;
            allDone = allDone && (status == StepStatus::Passed || status == StepStatus::Skipped);
            running = running || status == StepStatus::Running;
        }
        const StepStatus shown = effectiveStatus(state, i);
        QCOMPARE(shown == StepStatus::Passed || shown == StepStatus::Skipped, allDone);
        QCOMPARE(shown == StepStatus::Running, running);
    }
}

} // namespace

/// What may come next of a step that is driven by its commands, and now and then by a person.
EventDraft likelyDraft(QRandomGenerator& random, const RunState& state) {
    int index = random.bounded(static_cast<int>(state.plan->steps.size()));
    while (!state.plan->isLeaf(index)) // only leaves run
        ++index;
    const StepId id = state.plan->steps[index].step.id;
    const auto number = static_cast<int>(state.step(id).attempts.size());
    if (state.step(id).status != StepStatus::Running) {
        return random.bounded(4) == 0 ? draft::stepSkipped(id, u"why not"_qs)
                                      : draft::stepStarted(id, attempt(number + 1));
    }
    switch (random.bounded(4)) {
    case 0:
        return draft::stepFinished(id, ended(1, number), StepStatus::Failed);
    case 1:
        return draft::cancelled(id, ended(143, number), StepStatus::Failed);
    default:
        return draft::stepFinished(id, ended(0, number), StepStatus::Passed);
    }
}

class TestRunState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAPersonDecidesIsWhereTheyAre() {
        RunFixture run(
            {commandStep(u"a"_qs, u"true"_qs), manualStep(u"b"_qs), manualStep(u"c"_qs)});
        Attempt attempt;
        run.feed(draft::stepStarted(StepId(u"a"_qs), attempt));
        QCOMPARE(run.state.current, StepId(u"a"_qs));
        run.feed(draft::stepConfirmed(StepId(u"b"_qs), true, {}));
        QCOMPARE(run.state.current, StepId(u"b"_qs));
        run.feed(draft::stepSkipped(StepId(u"c"_qs), u"not today"_qs));
        QCOMPARE(run.state.current, StepId(u"c"_qs));
    }

    void aStepHasTheOwnerThatItsDocumentNames() {
        Step step = manualStep(u"a"_qs);
        step.options.values.insert(u"owner"_qs, u"release lead"_qs);
        RunFixture run({step, manualStep(u"b"_qs)});
        QCOMPARE(run.state.step(step.id).owner, u"release lead"_qs);
        QVERIFY(run.state.step(StepId(u"b"_qs)).owner.isEmpty());
        run.feed(draft::ownerSet(step.id, u"qa"_qs));
        QCOMPARE(run.state.step(step.id).owner, u"qa"_qs);
    }
    void progressOfDraftsIsThatOfTheFold_data() {
        QTest::addColumn<bool>("isOnHosts");
        QTest::newRow("one place") << false;
        QTest::newRow("several hosts") << true;
    }
    void progressOfDraftsIsThatOfTheFold() {
        QFETCH(bool, isOnHosts);
        RunFixture run = isOnHosts ? RunFixture({tests::stepOn(StepId(u"a"_qs), u"web-1,web-2"_qs),
                                                 commandStep(u"b"_qs, u"true"_qs)},
                                                tests::contextWithHosts(2))
                                   : RunFixture(richRunbook());
        QRandomGenerator random(11);
        int changes = 0;
        for (int i = 0; i < 600; ++i) {
            const Progress before = progressOf(run.state, run.state.plan->mainLane());
            RunFixture folded = run;
            QList<EventDraft> drafts;
            for (int each = random.bounded(1, 4); each > 0; --each) {
                drafts.append(likelyDraft(random, folded.state));
                folded.feed(drafts.last());
            }
            const Progress after = progressOf(folded.state, run.state.plan->mainLane());
            QCOMPARE(progressAfter(run.state, drafts), after);
            changes += before.done != after.done;
            run = folded;
        }
        QVERIFY(changes > 20);
    }
    void randomEventsNeverBreakTheFold_data() {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 12; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void randomEventsNeverBreakTheFold() {
        QFETCH(quint32, seed);
        QRandomGenerator random(seed);
        RunFixture run(richRunbook());
        for (int i = 0; i < 300; ++i) {
            run.feed(randomDraft(random, run.state));
            (void)next(run.state);
            if (i % 10 == 0)
                compareWithCounting(run.state);
            if (QTest::currentTestFailed())
                return;
        }
        RunState replayed;
        for (const Event& event : run.events)
            replayed = apply(std::move(replayed), event);
        QCOMPARE(replayed.standing, run.state.standing);
        QCOMPARE(replayed.steps, run.state.steps);
        QCOMPARE(replayed.sessions, run.state.sessions);
        QCOMPARE(next(replayed), next(run.state));
        QCOMPARE(replayed.lastSeq, run.state.lastSeq);
    }

    void attemptGoesThroughItsStates() {
        RunFixture run({commandStep(u"a"_qs, u"true"_qs)});
        run.feed(draft::stepStarted(StepId(u"a"_qs), attempt()));
        QCOMPARE(run.status(u"a"_qs), StepStatus::Running);
        const QList<Effect> effects{RunAttempt{{run.state.id, StepId(u"a"_qs), 1}}};
        QCOMPARE(next(run.state), effects);
        run.feed(draft::cancelRequested(StepId(u"a"_qs), 1));
        QCOMPARE(next(run.state).size(), 2);
        run.feed(draft::stepFinished(StepId(u"a"_qs), ended(0), StepStatus::Passed));
        QCOMPARE(run.status(u"a"_qs), StepStatus::Passed);
        QVERIFY(next(run.state).isEmpty());
        QCOMPARE(run.state.sessions.size(), 1);
    }

    void whatComesTooLateChangesNothing() {
        RunFixture run({commandStep(u"a"_qs, u"true"_qs)});
        run.feed(draft::stepStarted(StepId(u"a"_qs), attempt()));
        run.feed(draft::stepFinished(StepId(u"a"_qs), ended(1), StepStatus::Failed));
        run.feed(draft::stepStarted(StepId(u"a"_qs), attempt(2)));
        run.feed(draft::stepFinished(StepId(u"a"_qs), ended(0, 1), StepStatus::Passed));
        QCOMPARE(run.status(u"a"_qs), StepStatus::Running);
        QCOMPARE(run.state.step(StepId(u"a"_qs)).attempts.size(), 2);
    }

    void blockersHoldWhatFollowsInTheirLane() {
        Step urgent = manualStep(u"urgent"_qs);
        urgent.urgent = true;
        Step undo = manualStep(u"undo"_qs);
        undo.lane = Lane::Rollback;
        RunFixture run({manualStep(u"first"_qs), urgent, manualStep(u"part"_qs, 1),
                        manualStep(u"after"_qs), undo});
        QCOMPARE(run.status(u"first"_qs), StepStatus::Pending);
        QCOMPARE(run.status(u"part"_qs), StepStatus::Pending);
        QCOMPARE(run.status(u"after"_qs), StepStatus::Blocked);
        QCOMPARE(run.status(u"undo"_qs), StepStatus::Pending);
        QVERIFY(blockedReason(run.state, run.index(u"after"_qs)).contains(u"urgent"));
        run.feed(draft::stepConfirmed(StepId(u"part"_qs), true, {}));
        QCOMPARE(run.status(u"after"_qs), StepStatus::Pending);
        run.feed(draft::stepReopened(StepId(u"part"_qs)));
        QCOMPARE(run.status(u"after"_qs), StepStatus::Blocked);
    }

    void approvalNeedsDistinctPeople() {
        Step step = manualStep(u"a"_qs);
        step.kind = StepKind::Approval;
        step.approval = ApprovalRule{2, false};
        RunFixture run({step});
        run.feed(draft::approvalGiven(step.id, u"Lead"_qs, {}));
        run.feed(draft::approvalGiven(step.id, u"lead"_qs, {}));
        QCOMPARE(run.status(u"a"_qs), StepStatus::Waiting);
        run.feed(draft::approvalGiven(step.id, u"Deputy"_qs, {}));
        QCOMPARE(run.status(u"a"_qs), StepStatus::Passed);
    }

    void typedNameDoesNotCountInAProtectedEnvironment() {
        Step step = manualStep(u"a"_qs);
        step.kind = StepKind::Approval;
        PlanContext context;
        context.isProtected = true;
        RunFixture run({step}, context);
        run.feed(draft::approvalGiven(step.id, u"Lead"_qs, {}));
        QVERIFY(run.status(u"a"_qs) != StepStatus::Passed);
    }

    void outcomeNamesDeviations_data() {
        QTest::addColumn<bool>("skip");
        QTest::addColumn<RunOutcome>("outcome");
        QTest::newRow("all passed") << false << RunOutcome::Succeeded;
        QTest::newRow("one skipped") << true << RunOutcome::SucceededWithDeviations;
    }
    void outcomeNamesDeviations() {
        QFETCH(bool, skip);
        QFETCH(RunOutcome, outcome);
        RunFixture run({manualStep(u"a"_qs), manualStep(u"b"_qs)});
        run.feed(draft::stepConfirmed(StepId(u"a"_qs), true, {}));
        QCOMPARE(goodOutcome(run.state), RunOutcome::None);
        QVERIFY(!closingRefusal(run.state, RunOutcome::Succeeded).isEmpty());
        if (skip)
            run.feed(draft::stepSkipped(StepId(u"b"_qs), u"done before"_qs));
        else
            run.feed(draft::stepConfirmed(StepId(u"b"_qs), true, {}));
        QCOMPARE(goodOutcome(run.state), outcome);
    }

    void emptyRunNeverSucceeds() {
        RunFixture run(QList<Step>{});
        QCOMPARE(goodOutcome(run.state), RunOutcome::None);
    }

    void unknownEventOpensReadOnly() {
        RunFixture run({manualStep(u"a"_qs)});
        run.feed({EventKind::Unrecognised, {}});
        QVERIFY(run.state.readOnly);
        QVERIFY(!refusal(run.state, 0, StepIntent::Confirm).isEmpty());
    }

    void requiredStepIsNotSkipped() {
        Step step = manualStep(u"a"_qs);
        step.options.values.insert(u"required"_qs, u"true"_qs);
        RunFixture run({step});
        QVERIFY(!refusal(run.state, 0, StepIntent::Skip).isEmpty());
        QVERIFY(refusal(run.state, 0, StepIntent::Confirm).isEmpty());
    }

    void nextOpenStepPassesOverWhatIsDone() {
        RunFixture run({manualStep(u"a"_qs), manualStep(u"b"_qs), manualStep(u"c"_qs)});
        run.feed(draft::stepConfirmed(StepId(u"a"_qs), true, {}));
        QCOMPARE(nextOpenStep(run.state), 1);
        QCOMPARE(nextOpenStep(run.state, 1), 2);
        QCOMPARE(nextOpenStep(run.state, 2), -1);
    }

    void outputLeftOutOnTheWayIsKnownAtTheEnd() {
        RunFixture run({commandStep(u"a"_qs, u"true"_qs)});
        const StepId id(u"a"_qs);
        run.feed(draft::stepStarted(id, attempt()));
        const QJsonObject output{
            {u"step"_qs, u"a"_qs}, {u"attempt"_qs, 1}, {u"stream"_qs, 0}, {u"to"_qs, 10}};
        run.feed({EventKind::OutputRecorded, output});
        QVERIFY(!run.state.step(id).attempts.last().outputCut);
        QJsonObject cut = output;
        cut.insert(u"leftOut"_qs, 4096);
        run.feed({EventKind::OutputRecorded, cut});
        run.feed(draft::stepFinished(id, ended(0), StepStatus::Passed));
        QVERIFY(run.state.step(id).attempts.last().outputCut);
    }
};

QTEST_GUILESS_MAIN(TestRunState)
#include "tst_runstate.moc"
