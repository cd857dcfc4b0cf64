// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draft.h"
#include "models/run/observeddraft.h"
#include "ui/run/evidence.h"
#include "ui/run/expectationview.h"
#include "ui/run/nextaction.h"
#include "ui/run/textdiff.h"
#include "ui/run/words.h"
#include "ui/widgets/timeformat.h"

#include "tests/support/stateafter.h"

#include <QTest>

using namespace models;
using tests::after;
using ui::Act;
using ui::NextAction;

namespace {

RunState stateWith(const std::function<void(Step&)>& change) {
    Runbook runbook;
    runbook.sections = {Section{}};
    Step step;
    step.id = StepId(u"one"_qs);
    step.title = u"Move the switch"_qs;
    step.section = 0;
    change(step);
    Step last;
    last.id = StepId(u"two"_qs);
    last.title = u"Look"_qs;
    last.section = 0;
    runbook.steps = {step, last};
    RunState state = initialState(std::make_shared<const Plan>(makePlan(runbook, {})));
    state.id = RunId(u"run"_qs);
    return state;
}

RunState inProtected(RunState state) {
    Plan plan = *state.plan;
    plan.context.isProtected = true;
    plan.context.people = {{u"lead"_qs, {}, {}, {u"ssh-ed25519 A"_qs}}};
    state.plan = std::make_shared<const Plan>(plan);
    return state;
}

Command command(const QString& text) {
    Command made;
    made.text = text;
    made.language = u"sh"_qs;
    return made;
}

const auto manual = [](Step&) {};
const auto runnable = [](Step& step) {
    step.kind = StepKind::Command;
    step.commands = {command(u"true"_qs)};
};

constexpr Instant watchStart{100'000'000'000};

/// All of it is done, and it is watched for a minute.
RunState watched() {
    RunState state = stateWith(manual);
    for (const QString& id : {u"one"_qs, u"two"_qs})
        state = after(state, draft::stepConfirmed(StepId(id), true, {}));
    WatchRule rule;
    rule.time = std::chrono::minutes(1);
    return after(state, draft::watchStarted(rule, watchStart));
}

} // namespace

class TestNextAction : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGateThatIsObservedIsOverruledOnly() {
        RunState state = stateWith([](Step& step) {
            step.kind = StepKind::Gate;
            step.condition = u"errors < 10%"_qs;
        });
        const StepId gate(u"one"_qs);
        NextAction action = ui::nextAction(state, ui::RunAccess::Driving, 0);
        QCOMPARE(action.lead, ui::Lead::Next);
        QVERIFY(!action.offers(Act::PassGate));
        QVERIFY(action.offers(Act::OverrideGate));
        state = after(state, draft::gateEntered(gate, {}, Instant{9'000'000'000'000}));
        GateStanding standing;
        standing.at = Instant{1};
        standing.words = u"errors was 12 %"_qs;
        state = after(state, draft::gateObserved(gate, standing));
        action = ui::nextAction(state, ui::RunAccess::Driving, 0);
        QCOMPARE(action.lead, ui::Lead::Waiting);
        QCOMPARE(action.sentence, u"Move the switch: errors was 12 %"_qs);
        QCOMPARE(action.primary, Act::None);
        standing.samples = 2;
        standing.reading.leaves = {LeafReading{}};
        standing.reading.leaves.first().verdict = Verdict::Pass;
        standing.at = Instant{2};
        action = ui::nextAction(after(state, draft::gateObserved(gate, standing)),
                                ui::RunAccess::Driving, 0);
        QCOMPARE(action.sentence, u"Move the switch: all is well, 2 of 5 readings so far"_qs);
        state = after(state, draft::timerFired(gate));
        action = ui::nextAction(state, ui::RunAccess::Driving, 0);
        QCOMPARE(action.lead, ui::Lead::Unknown);
        QCOMPARE(action.primary, Act::Reopen);
        QVERIFY(action.offers(Act::OverrideGate) && action.offers(Act::Abort));
        QVERIFY(!action.offers(Act::Skip));
    }

    /// Of a host that was given up while a step ran there.
    void whatTheHostMayKnowIsAskedFirst() {
        RunState state = stateWith(runnable);
        const StepId one(u"one"_qs);
        Attempt attempt;
        state = after(state, draft::stepStarted(one, attempt));
        const RunState lost =
            after(state, draft::outcomeUnknown(one, 1, u"restarted"_qs, {}, Loss::ForGood));
        NextAction action = ui::nextAction(lost, ui::RunAccess::Driving, 0);
        QCOMPARE(action.primary, Act::Decide);
        QVERIFY(!action.offers(Act::AskAgain));
        state = after(state, draft::outcomeUnknown(one, 1, u"given up"_qs, {}));
        action = ui::nextAction(state, ui::RunAccess::Driving, 0);
        QCOMPARE(action.lead, ui::Lead::Unknown);
        QCOMPARE(action.primaryText, u"Ask the host again"_qs);
        QVERIFY(action.offers(Act::Decide) && action.offers(Act::MarkPassed));
        QVERIFY(!ui::nextAction(state, ui::RunAccess::ReadOnly, 0).offers(Act::AskAgain));
        state = after(state, draft::askedAgain(one, state.step(one).attempts.last()));
        action = ui::nextAction(state, ui::RunAccess::Driving, 0);
        QCOMPARE(action.lead, ui::Lead::Running);
        QVERIFY2(action.sentence.endsWith(u": asking what became of it"),
                 qPrintable(action.sentence));
        QVERIFY(action.offers(Act::Cancel));
    }

    void aCancelSaysWhereNobodyAnswers() {
        RunState state = stateWith(runnable);
        const StepId one(u"one"_qs);
        Attempt attempt;
        attempt.place = u"local"_qs;
        state = after(state, draft::stepStarted(one, attempt));
        state = after(state, draft::cancelRequested(one, 1));
        NextAction action = ui::nextAction(state, ui::RunAccess::Driving, 0, {u"web-9"_qs});
        QCOMPARE(action.lead, ui::Lead::Cancelling);
        QVERIFY2(action.sentence.endsWith(u"processes have ended"), qPrintable(action.sentence));
        action = ui::nextAction(state, ui::RunAccess::Driving, 0, {u"local"_qs});
        QVERIFY2(action.sentence.endsWith(u"processes have ended; local does not answer"),
                 qPrintable(action.sentence));
        // What has ended waits for nobody.
        state = after(state, draft::outcomeUnknown(one, 1, u"It did not answer."_qs, {}));
        action = ui::nextAction(state, ui::RunAccess::Driving, 0, {u"local"_qs});
        QVERIFY2(!action.sentence.contains(u"local does"), qPrintable(action.sentence));
    }

    void aWatchedRunSaysHowFarItIs() {
        RunState state = watched();
        state = after(state, draft::watchObserved({watchStart, watchStart, Verdict::Pass, {}}));
        NextAction action = ui::nextAction(state, ui::RunAccess::Driving, -1);
        QVERIFY2(action.sentence.endsWith(u": nothing was seen yet"), qPrintable(action.sentence));
        const Instant later{watchStart.nanoseconds + 30'000'000'000};
        state = after(state, draft::watchObserved({watchStart, later, Verdict::Pass, {}}));
        action = ui::nextAction(state, ui::RunAccess::Driving, -1);
        QCOMPARE(action.lead, ui::Lead::Watching);
        QVERIFY2(action.sentence.endsWith(u"all is well"), qPrintable(action.sentence));
        QCOMPARE(action.aside, u" · 100 % of the time seen, as of "_qs + ui::formatTime(later));
        QVERIFY(action.offers(Act::EndWatch));
        state = after(state, draft::triggerArmed(u"failing"_qs));
        state = after(state, draft::triggerHeld(u"failing"_qs, u"errors was 30 %"_qs));
        action = ui::nextAction(state, ui::RunAccess::Driving, -1);
        QVERIFY2(action.sentence.endsWith(u": “failing” holds"_qs), qPrintable(action.sentence));
        QVERIFY(action.aside.startsWith(u" · 100 %"));
        state = after(state, draft::triggerCleared(u"failing"_qs, u"errors was 1 %"_qs));
        action = ui::nextAction(state, ui::RunAccess::Driving, -1);
        QVERIFY2(action.sentence.contains(u": all is well"_qs), qPrintable(action.sentence));
        state = after(state, draft::watchEnded(watchFinding(*state.watch)));
        action = ui::nextAction(state, ui::RunAccess::Driving, -1);
        QCOMPARE(action.primary, Act::CloseRun);
        QCOMPARE(action.lead, ui::Lead::Unknown);
        QVERIFY(action.sentence.startsWith(u"The watch did not end well"));
    }

    void aFailedWatchIsNotClosedInPassing() {
        RunState state = watched();
        state = after(state, draft::watchEnded({Verdict::Fail, u"Errors were 12 %"_qs, {}}));
        const NextAction action = ui::nextAction(state, ui::RunAccess::Driving, -1);
        QCOMPARE(action.lead, ui::Lead::Failed);
        QCOMPARE(action.primary, Act::None);
        QVERIFY(action.offers(Act::CloseRun));
    }

    void aRollbackSaysWhatItDidAndNotWhatWasDoneToIt() {
        RunState state = stateWith(manual);
        Plan plan = *state.plan;
        plan.context.rollbackOf = RunId(u"release"_qs);
        state.plan = std::make_shared<const Plan>(plan);
        const EventDraft closed = draft::runClosed(RunOutcome::RolledBack, {});
        QCOMPARE(ui::nextAction(after(state, closed), ui::RunAccess::Driving, -1).sentence,
                 u"The release is rolled back."_qs);
        QCOMPARE(
            ui::nextAction(after(stateWith(manual), closed), ui::RunAccess::Driving, -1).sentence,
            u"This run was rolled back."_qs);
    }

    void offersOneThing_data();
    void offersOneThing();
    void saysThatAStepIsBeingCancelled();
    void whatRunsCanBeCancelledWhilePaused();
    void shortensBetweenCharacters();
    void requiredStepsCannotBeSkipped();
    void nothingIsOfferedToOnlookers();
    void closesWhenAllIsDone();
    void marksDifferences();
    void diffsDocuments();
    void tellsOfEvidenceInSentences_data();
    void tellsOfEvidenceInSentences();
    void aReasonIsNotSaidTwice();
};

void TestNextAction::offersOneThing_data() {
    QTest::addColumn<RunState>("state");
    QTest::addColumn<ui::RunAccess>("access");
    QTest::addColumn<ui::Act>("primary");
    const auto failed =
        after(stateWith(manual), draft::stepConfirmed(StepId(u"one"_qs), false, {}));
    RunState paused = after(stateWith(manual), draft::runPaused());
    QTest::newRow("preview") << stateWith(manual) << ui::RunAccess::Preview << Act::StartRun;
    QTest::newRow("manual") << stateWith(manual) << ui::RunAccess::Driving << Act::MarkDone;
    QTest::newRow("command") << stateWith(runnable) << ui::RunAccess::Driving << Act::RunStep;
    QTest::newRow("failed by a person") << failed << ui::RunAccess::Driving << Act::Reopen;
    QTest::newRow("paused") << paused << ui::RunAccess::Driving << Act::Resume;
    QTest::newRow("placeholder") << stateWith([](Step& step) {
        runnable(step);
        step.placeholders = {u"API"_qs};
    }) << ui::RunAccess::Driving << Act::GiveValues;
    QTest::newRow("approval") << stateWith([](Step& step) {
        step.kind = StepKind::Approval;
        step.approval = ApprovalRule{2, true};
    }) << ui::RunAccess::Driving
                              << Act::Approve;
    const RunState guarded = inProtected(stateWith([](Step& step) {
        step.kind = StepKind::Approval;
        step.approval = ApprovalRule{1, false};
    }));
    const StepId one(u"one"_qs);
    const RunState asked = after(guarded, draft::approvalRequested(one, {}));
    QTest::newRow("protected approval") << guarded << ui::RunAccess::Driving << Act::AskApproval;
    QTest::newRow("asked") << asked << ui::RunAccess::Driving << Act::CopyRequest;
    QTest::newRow("expired") << after(asked, draft::approvalExpired(one)) << ui::RunAccess::Driving
                             << Act::AskApproval;
    QTest::newRow("no-go") << after(asked, draft::approvalRejected(one, u"Deputy"_qs, {}))
                           << ui::RunAccess::Driving << Act::AskApproval;
}

void TestNextAction::offersOneThing() {
    QFETCH(const RunState, state);
    QFETCH(const ui::RunAccess, access);
    QFETCH(const ui::Act, primary);
    const ui::NextAction action = ui::nextAction(state, access, 0);
    QCOMPARE(action.primary, primary);
    QVERIFY(!action.primaryText.isEmpty());
    QVERIFY(!action.sentence.isEmpty());
    QVERIFY(!action.quieter.contains(action.primary));
}

/// A host that is away may take its time: that it was asked is told, and it is not asked twice.
void TestNextAction::saysThatAStepIsBeingCancelled() {
    const StepId one(u"one"_qs);
    RunState state = after(stateWith(runnable), draft::stepStarted(one, {}));
    QVERIFY(ui::nextAction(state, ui::RunAccess::Driving, 0).offers(Act::Cancel));
    state = after(state, draft::cancelRequested(one, 1));
    const NextAction action = ui::nextAction(state, ui::RunAccess::Driving, 0);
    QCOMPARE(action.lead, ui::Lead::Cancelling);
    QCOMPARE(action.sentence, u"Move the switch: waiting until its processes have ended"_qs);
    QVERIFY(!action.offers(Act::Cancel));
}

/// Whoever pauses in a fright cancels next.
void TestNextAction::whatRunsCanBeCancelledWhilePaused() {
    const StepId one(u"one"_qs);
    RunState state = after(stateWith(runnable), draft::stepStarted(one, {}));
    state = after(state, draft::runPaused());
    for (const int selected : {0, 1, -1}) {
        const NextAction action = ui::nextAction(state, ui::RunAccess::Driving, selected);
        QCOMPARE(action.lead, ui::Lead::Paused);
        QCOMPARE(action.sentence, u"Nothing new starts. Still running: Move the switch"_qs);
        QCOMPARE(action.primary, Act::Resume);
        QCOMPARE(action.primaryText, u"Resume run"_qs);
        QVERIFY(action.quieter.contains(Act::Cancel));
        QCOMPARE(action.step, 0);
    }
    state = after(state, draft::cancelRequested(one, 1));
    QVERIFY(!ui::nextAction(state, ui::RunAccess::Driving, 0).offers(Act::Cancel));
    Attempt ended;
    ended.number = 1;
    state = after(state, draft::cancelled(one, ended, StepStatus::Failed));
    QCOMPARE(ui::nextAction(state, ui::RunAccess::Driving, 0).sentence,
             u"Nothing new starts until the run is resumed."_qs);
}

void TestNextAction::shortensBetweenCharacters() {
    const QString box = QString::fromUtf8("📦");
    QCOMPARE(ui::shortened(u"ab"_qs + box + u"cd"_qs, 4), u"ab…"_qs);
    QCOMPARE(ui::shortened(u"ab"_qs + box + u"cd"_qs, 5), u"ab"_qs + box + u"…"_qs);
    QCOMPARE(ui::shortened(u"abcd"_qs, 4), u"abcd"_qs);
}

void TestNextAction::requiredStepsCannotBeSkipped() {
    const auto required = [](Step& step) {
        step.options.values.insert(u"required"_qs, u"true"_qs);
    };
    const auto failed = draft::stepConfirmed(StepId(u"one"_qs), false, u"No"_qs);
    QVERIFY(ui::nextAction(after(stateWith(manual), failed), ui::RunAccess::Driving, 0)
                .quieter.contains(Act::Skip));
    QVERIFY(!ui::nextAction(after(stateWith(required), failed), ui::RunAccess::Driving, 0)
                 .quieter.contains(Act::Skip));
}

void TestNextAction::nothingIsOfferedToOnlookers() {
    const ui::NextAction action = ui::nextAction(stateWith(runnable), ui::RunAccess::ReadOnly, 0);
    QCOMPARE(action.primary, Act::None);
    QVERIFY(action.sentence.contains(QStringLiteral("can be followed here")));
    const RunState given = after(stateWith(runnable), draft::handedOver(QStringLiteral("Deputy")));
    const QString words = ui::nextAction(given, ui::RunAccess::ReadOnly, 0).sentence;
    QVERIFY2(words.contains(QStringLiteral("handed over to Deputy")), qPrintable(words));
}

void TestNextAction::closesWhenAllIsDone() {
    RunState state = after(stateWith(manual), draft::stepConfirmed(StepId(u"one"_qs), true, {}));
    QCOMPARE(ui::nextAction(state, ui::RunAccess::Driving, 0).step, 1);
    state = after(std::move(state), draft::stepConfirmed(StepId(u"two"_qs), true, {}));
    QCOMPARE(ui::nextAction(state, ui::RunAccess::Driving, 0).primary, Act::CloseRun);
}

void TestNextAction::marksDifferences() {
    QCOMPARE(ui::differenceOf(u"ok: true"_qs, u"ok: false"_qs), (ui::Difference{4, 7, 8}));
    QCOMPARE(ui::differenceOf(u"same"_qs, u"same"_qs), (ui::Difference{4, 4, 4}));
    QCOMPARE(ui::differenceOf(u""_qs, u"x"_qs), (ui::Difference{0, 0, 1}));
}

void TestNextAction::diffsDocuments() {
    const QList<ui::DiffLine> lines = ui::diffLines(u"a\nb\nc\nd"_qs, u"a\nB\nc\nd\ne"_qs, 1);
    QString shown;
    for (const ui::DiffLine& line : lines)
        shown += (line.kind == ui::DiffKind::Same      ? u" "_qs
                  : line.kind == ui::DiffKind::Removed ? u"-"_qs
                                                       : u"+"_qs) +
                 line.text;
    QCOMPARE(shown, u" a-b+B c d+e"_qs);
    QVERIFY(ui::diffLines(u"a\nb"_qs, u"a\nb"_qs, 3).isEmpty());
}

void TestNextAction::tellsOfEvidenceInSentences_data() {
    QTest::addColumn<QString>("record");
    QTest::addColumn<QString>("fact");
    QTest::addColumn<QString>("verbatim");
    QTest::newRow("watcher gone") << u"why=supervisor-gone"_qs << QString() << QString();
    QTest::newRow("still runs") << u"why=supervisor-gone step=4711"_qs
                                << u"Process 4711 of the command still runs."_qs << QString();
    QTest::newRow("foreign words") << u"why=x and more"_qs << QString() << u"why=x and more"_qs;
    QTest::newRow("unknown word") << u"why=x colour=red"_qs << QString() << u"why=x colour=red"_qs;
}

void TestNextAction::tellsOfEvidenceInSentences() {
    QFETCH(const QString, record);
    QFETCH(const QString, fact);
    Attempt attempt;
    attempt.evidence = record;
    attempt.outputBytes[0] = 17;
    const ui::Evidence evidence = ui::evidenceOf(attempt);
    QTEST(evidence.verbatim, "verbatim");
    QVERIFY(evidence.facts.contains(u"No exit status was recorded."_qs));
    QVERIFY(evidence.facts.join(u' ').contains(u"17 bytes"));
    QCOMPARE(evidence.facts.contains(fact), !fact.isEmpty());
    QVERIFY(!evidence.facts.join(u' ').contains(u'='));
}

void TestNextAction::aReasonIsNotSaidTwice() {
    Attempt attempt;
    attempt.reason = u"The output does not hold “v1.5.1”."_qs;
    ExpectationResult result;
    result.expectation.line = 30;
    result.finding.verdict = Verdict::Fail;
    result.finding.reason = attempt.reason;
    attempt.expectations = {result};
    QCOMPARE(ui::unmetExpectations(attempt), QStringList(u"It is the expectation of line 30."_qs));
    attempt.reason = u"It ended with exit status 1, expected 0."_qs;
    QCOMPARE(ui::unmetExpectations(attempt),
             QStringList(u"Expectation of line 30 not met: The output does not hold “v1.5.1”."_qs));
}

QTEST_MAIN(TestNextAction)
#include "tst_nextaction.moc"
