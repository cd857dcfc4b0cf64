// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/nextaction.h"

#include "models/run/approvalrule.h"
#include "models/run/observations.h"
#include "models/run/permission.h"
#include "ui/run/words.h"
#include "ui/widgets/timeformat.h"

#include <algorithm>

namespace ui {

using models::StepKind;
using models::StepStatus;

namespace {

bool isRequired(const models::Step& step) {
    return step.options.flag(QLatin1String("required"), false);
}

bool runsSomething(const models::Step& step) {
    return step.http.has_value() || (!step.commands.isEmpty() && step.kind != StepKind::Manual);
}

/// Somebody must edit it first: a command that stands among prose.
bool isForEditing(const models::Step& step) {
    return !step.commands.isEmpty() && !step.commands.first().asWritten;
}

void addSkip(NextAction& action, const models::Step& step) {
    if (!isRequired(step))
        action.quieter.append(Act::Skip);
}

QString titleOf(const models::Step& step) {
    return shortened(step.title, 120);
}

/// What the button says that starts some hosts of a step; empty where it starts all that it has.
QString startText(const models::RunState& state, int index, const QString& words) {
    const models::Step& step = state.plan->steps[index].step;
    const auto hosts = models::hostsToStart(state, index, {});
    if (!models::hasSeveralHosts(step) || !hosts || hosts->size() == hostsNamed(step).size())
        return {};
    return words.arg(hosts->size() == 1 ? shortened(hosts->first(), 30)
                                        : countText(int(hosts->size()), QStringLiteral("host")));
}

/// A gate or a check that is decided by what is seen: a person can only overrule that.
NextAction ofObserved(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    const models::StepState& standing = state.step(step.id);
    const auto gate = state.gates.constFind(step.id);
    NextAction action;
    action.sentence = titleOf(step);
    const bool isRead = standing.status == StepStatus::Waiting && gate != state.gates.cend();
    const bool isGood =
        isRead && !gate->leaves.isEmpty() &&
        std::all_of(gate->leaves.cbegin(), gate->leaves.cend(),
                    [](const auto& leaf) { return leaf.verdict == models::Verdict::Pass; });
    const QString words = isGood ? QStringLiteral("all is well, %1 of %2 readings so far")
                                       .arg(gate->samples)
                                       .arg(gate->rule.samples)
                          : isRead ? gate->words
                                   : standing.reason;
    if (!words.isEmpty())
        action.sentence += QStringLiteral(": ") + shortened(words, 140);
    action.lead = QStringLiteral("Next");
    if (standing.status == StepStatus::Waiting) {
        action.lead = QStringLiteral("Waiting");
    } else if (standing.status != StepStatus::Pending) {
        action.lead = standing.status == StepStatus::Failed ? QStringLiteral("Failed")
                                                            : QStringLiteral("Unknown");
        action.primary = Act::Reopen;
        action.primaryText = QStringLiteral("Wait again");
    }
    const bool isGate = step.kind == StepKind::Gate;
    action.quieter.append(isGate ? Act::OverrideGate : Act::MarkPassed);
    if (standing.status == StepStatus::Failed || standing.status == StepStatus::Unknown)
        action.quieter.append(Act::Abort);
    return action;
}

/// Where only signatures count they are asked for first; elsewhere a name may be typed at once.
NextAction ofApproval(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    const models::StepState& standing = state.step(step.id);
    NextAction action;
    const bool isFailed = standing.status == StepStatus::Failed;
    const bool isAsked = standing.request.seq > 0 && !standing.request.expired && !isFailed;
    action.lead = isFailed                                 ? QStringLiteral("Failed")
                  : standing.status == StepStatus::Waiting ? QStringLiteral("Waiting")
                                                           : QStringLiteral("Next");
    action.sentence = titleOf(step);
    if (standing.status == StepStatus::Waiting)
        action.sentence += QStringLiteral(": %1 of %2 approved")
                               .arg(standing.approvals)
                               .arg(models::approvalTerms(*state.plan, step).by);
    if (isAsked && !standing.request.deadline.isNull())
        action.sentence +=
            QStringLiteral(", open until %1").arg(formatTime(standing.request.deadline));
    if (isFailed && !standing.reason.isEmpty())
        action.sentence += QStringLiteral(": ") + shortened(standing.reason, 140);
    const bool onlySigned = state.plan->context.isProtected;
    if (isFailed || (onlySigned && !isAsked)) {
        action.primary = Act::AskApproval;
        action.primaryText = isFailed ? QStringLiteral("Ask again") : QString();
    } else if (onlySigned) {
        action.primary = Act::CopyRequest;
    } else {
        action.primary = Act::Approve;
        action.quieter = {Act::Reject};
        if (!isAsked && !state.plan->context.people.isEmpty())
            action.quieter.append(Act::AskApproval);
    }
    if (onlySigned ? !models::approvalImpossible(state, index).isEmpty() : isFailed)
        action.quieter.append(Act::OverrideGate);
    if (isFailed && !onlySigned && !standing.request.expired)
        action.quieter.prepend(Act::Approve); // who rejected it may change their mind
    if (isFailed)
        action.quieter.append(Act::Abort);
    return action;
}

NextAction ofPending(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    NextAction action;
    action.lead = QStringLiteral("Next");
    action.sentence = titleOf(step);
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    const int missing = int(needs.variables.size() + needs.secrets.size());
    const QString place = app::RunService::resolve(state, step.id, {}).place;
    if (runsSomething(step) && !place.isEmpty() && needs.terminalCommand.isEmpty())
        action.sentence += QStringLiteral(" · %1").arg(place);
    if (step.kind == StepKind::Gate) {
        action.primary = Act::PassGate;
        action.quieter = {Act::OverrideGate, Act::MarkFailed};
    } else if (missing > 0) {
        action.primary = Act::GiveValues;
        action.primaryText =
            QStringLiteral("Enter %1").arg(countText(missing, QStringLiteral("value")));
    } else if (!needs.terminalCommand.isEmpty()) {
        action.primary = Act::MarkDone;
        action.quieter = {Act::CopyCommand};
    } else if (!needs.choices.isEmpty()) {
        action.primary = Act::Choose;
    } else if (!runsSomething(step)) {
        action.primary = step.kind == StepKind::Wait ? Act::RunStep : Act::MarkDone;
        if (isForEditing(step))
            action.quieter.append(Act::EditAndRun);
        if (step.kind != StepKind::Wait)
            action.quieter.append(Act::MarkFailed);
    } else {
        action.primary = needs.confirmationText.isEmpty() ? Act::RunStep : Act::ConfirmTyped;
        if (action.primary == Act::RunStep)
            action.primaryText = startText(state, index, QStringLiteral("Run on %1"));
        action.quieter.append(Act::EditAndRun);
    }
    addSkip(action, step);
    return action;
}

NextAction ofRunning(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    NextAction action;
    action.lead = QStringLiteral("Running");
    action.sentence = titleOf(step);
    const auto& attempts = state.step(step.id).attempts;
    const bool streaming = std::any_of(step.commands.begin(), step.commands.end(),
                                       [](const auto& command) { return command.streaming; });
    if (models::hasSeveralHosts(step))
        action.sentence +=
            QStringLiteral(" · ") + models::hostSummary(models::hostProgress(state, index));
    else if (!attempts.isEmpty() && attempts.last().place != models::localPlace)
        action.sentence += QStringLiteral(" · %1").arg(attempts.last().place);
    if (streaming) {
        action.primary = Act::Cancel;
        action.primaryText = QStringLiteral("Stop and judge");
    } else {
        action.quieter = {Act::Cancel};
    }
    // Taken up by another process: its output is withheld until its secrets can be masked.
    if (!app::RunService::needs(state, step.id).secrets.isEmpty()) {
        action.primary = Act::GiveValues;
        action.primaryText = QStringLiteral("Enter secrets");
        action.quieter = {Act::Cancel};
    }
    return action;
}

NextAction ofFailed(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    NextAction action;
    action.lead = QStringLiteral("Failed");
    const QString reason = state.step(step.id).reason;
    action.sentence = titleOf(step);
    if (!reason.isEmpty())
        action.sentence += QStringLiteral(": ") + shortened(reason, 140);
    const bool runnable = runsSomething(step) || !state.step(step.id).attempts.isEmpty();
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    action.primary = runnable ? Act::Retry : Act::Reopen;
    if (runnable)
        action.primaryText = startText(state, index, QStringLiteral("Retry %1"));
    // A secret that this process does not know, or a value, is missing for another attempt.
    if (const int missing = int(needs.variables.size() + needs.secrets.size());
        missing > 0 && !state.step(step.id).attempts.isEmpty()) {
        action.primary = Act::GiveValues;
        action.primaryText =
            QStringLiteral("Enter %1").arg(countText(missing, QStringLiteral("value")));
    }
    addSkip(action, step);
    action.quieter.append(Act::MarkPassed);
    if (runnable)
        action.quieter.append(Act::EditAndRun);
    action.quieter.append(Act::Abort);
    return action;
}

NextAction ofWaiting(const models::RunState& state, const models::Step& step) {
    NextAction action;
    const models::StepState& stepState = state.step(step.id);
    action.lead = QStringLiteral("Waiting");
    action.sentence = titleOf(step);
    if (!stepState.waitUntil.isNull()) {
        action.sentence += QStringLiteral(", until %1").arg(formatTime(stepState.waitUntil));
        addSkip(action, step);
        return action;
    }
    action.lead = QStringLiteral("Judge");
    action.primary = Act::JudgePassed;
    action.quieter = {Act::JudgeFailed};
    if (!stepState.attempts.isEmpty())
        action.quieter.append(Act::Retry);
    return action;
}

NextAction ofUnknown(const models::RunState& state, const models::Step& step) {
    NextAction action;
    action.lead = QStringLiteral("Unknown");
    action.sentence = titleOf(step);
    const QString reason = state.step(step.id).reason;
    if (!reason.isEmpty())
        action.sentence += QStringLiteral(": ") + shortened(reason, 140);
    action.primary = Act::Decide;
    action.inCard = {Act::MarkPassed, Act::JudgeFailed, Act::Retry};
    if (!isRequired(step))
        action.inCard.append(Act::Skip);
    return action;
}

NextAction ofStep(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    const StepStatus status = models::effectiveStatus(state, index);
    NextAction action;
    if (models::isObserved(step) && status != StepStatus::Blocked) {
        action = ofObserved(state, index);
        action.step = index;
        return action;
    }
    const bool isOpenApproval =
        models::isApproval(step) && (status == StepStatus::Pending ||
                                     status == StepStatus::Waiting || status == StepStatus::Failed);
    if (isOpenApproval) {
        action = ofApproval(state, index);
        action.step = index;
        return action;
    }
    switch (status) {
    case StepStatus::Pending:
        action = ofPending(state, index);
        break;
    case StepStatus::Running:
        action = ofRunning(state, index);
        break;
    case StepStatus::Waiting:
        action = ofWaiting(state, step);
        break;
    case StepStatus::Failed:
        action = ofFailed(state, index);
        break;
    case StepStatus::Unknown:
        action = ofUnknown(state, step);
        break;
    case StepStatus::Blocked:
        action.lead = QStringLiteral("Blocked");
        action.sentence = shortened(models::blockedReason(state, index), 200);
        action.primary = Act::GoToNext;
        break;
    case StepStatus::Passed:
    case StepStatus::Skipped:
        break;
    }
    action.step = index;
    return action;
}

/// Whether something can be done with the step, or the person should learn why not.
bool isTakeable(const models::RunState& state, int index) {
    if (index < 0 || index >= state.plan->steps.size())
        return false;
    const models::PlanStep& placed = state.plan->steps[index];
    if (!placed.applicable || !placed.children.isEmpty() ||
        placed.step.lane == models::Lane::Reference)
        return false;
    const StepStatus status = models::effectiveStatus(state, index);
    return status != StepStatus::Passed && status != StepStatus::Skipped;
}

NextAction ofClosed(const models::RunState& state) {
    NextAction action;
    action.lead = QStringLiteral("Closed");
    action.sentence = QStringLiteral("This run %1 %2.")
                          .arg(state.outcome == models::RunOutcome::RolledBack ||
                                       state.outcome == models::RunOutcome::Aborted
                                   ? QStringLiteral("was")
                                   : QStringLiteral("has"),
                               models::runOutcomeName(state.outcome));
    // Of a rollback that is what it did, not what was done to it.
    if (state.plan->isRollback() && state.outcome == models::RunOutcome::RolledBack)
        action.sentence = QStringLiteral("The release is rolled back.");
    if (state.plan->isRollback() && state.verification)
        action.sentence += u' ' + shortened(state.verification->reason, 140);
    action.quieter = {Act::CopyStatus, Act::Report};
    if (state.releaseBlock) {
        action.sentence += QStringLiteral(" Its version is blocked: %1")
                               .arg(shortened(state.releaseBlock->reason, 120));
        action.quieter.prepend(Act::LiftBlock);
    }
    return action;
}

NextAction ofTakenBack(const models::RunState& state) {
    NextAction action;
    action.lead = QStringLiteral("Rolling back");
    action.sentence = QStringLiteral("It goes on in a run of its own: %1")
                          .arg(shortened(state.rollback->reason, 140));
    action.primary = Act::ShowRollback;
    return action;
}

NextAction ofDone(const models::RunState& state) {
    NextAction action;
    action.lead = QStringLiteral("Done");
    action.sentence = QStringLiteral("Every step has an outcome. Close the run to keep it.");
    action.primary = Act::CloseRun;
    if (!state.plan->isRollback())
        return action;
    if (!state.verification) {
        action.lead = QStringLiteral("Running");
        action.sentence = QStringLiteral("Looking whether the versions and the health of before "
                                         "are back.");
        action.primary = Act::None;
        return action;
    }
    const bool isLost = state.verification->verdict == models::Verdict::Fail;
    action.lead = isLost ? QStringLiteral("Failed") : QStringLiteral("Unknown");
    action.sentence = (isLost ? QStringLiteral("The rollback did not work: %1")
                              : QStringLiteral("Whether the rollback worked is not known: %1"))
                          .arg(shortened(state.verification->reason, 140));
    return action;
}

/// How far the watch is, and what it has come to.
NextAction ofWatch(const models::RunState& state) {
    const models::WatchState& watch = *state.watch;
    NextAction action;
    action.lead = QStringLiteral("Watching");
    action.sentence = QStringLiteral("Until %1").arg(formatTime(watch.until));
    for (const models::CriterionSeen& criterion : watch.criteria) {
        if (criterion.verdict == watch.verdict && watch.verdict != models::Verdict::Pass) {
            action.sentence += QStringLiteral(": ") + shortened(criterion.words, 140);
            break;
        }
    }
    action.quieter = {Act::EndWatch};
    const bool isSeen = watch.seenUntil > watch.startedAt;
    if (watch.verdict == models::Verdict::Pass)
        action.sentence +=
            isSeen ? QStringLiteral(": all is well") : QStringLiteral(": nothing was seen yet");
    if (!isSeen)
        return action;
    const double coverage = models::watchCoverage(watch, watch.seenUntil);
    // A span is recorded when it is over: its words may be older than what else is on the page.
    action.sentence += QStringLiteral(" · %1 of the time seen, as of %2")
                           .arg(models::shareWords(coverage), formatTime(watch.seenUntil));
    return action;
}

NextAction ofPreview(const models::RunState& state) {
    NextAction action;
    const models::Lane lane = state.plan->runbook.kind == models::DocumentKind::RollbackRunbook
                                  ? models::Lane::Rollback
                                  : models::Lane::Main;
    const int total = models::progressOf(state, lane).total;
    action.lead = QStringLiteral("Ready");
    if (total == 0) {
        action.sentence =
            QStringLiteral("This document holds nothing to run. It is shown to read.");
        return action;
    }
    action.sentence =
        QStringLiteral("%1 in %2. Nothing runs before you start it.")
            .arg(countText(total, QStringLiteral("step")), state.plan->context.environment);
    action.primary = Act::StartRun;
    return action;
}

} // namespace

QList<Act> hostActs(const models::RunState& state, RunAccess access, int planIndex,
                    const models::HostProgress& host) {
    const models::Step& step = state.plan->steps[planIndex].step;
    if (access != RunAccess::Driving || state.paused || state.status == models::RunStatus::Closed)
        return {};
    QList<Act> acts;
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    const bool isKnown = needs.variables.isEmpty() && needs.secrets.isEmpty() &&
                         (needs.choices.isEmpty() || !state.step(step.id).attempts.isEmpty());
    if (isKnown && host.status != StepStatus::Passed && host.status != StepStatus::Running &&
        models::refusal(state, planIndex, models::StepIntent::Start).isEmpty() &&
        models::hostsToStart(state, planIndex, {host.host}))
        acts.append(Act::Retry);
    switch (host.status) {
    case StepStatus::Waiting:
        acts << Act::JudgePassed << Act::JudgeFailed;
        break;
    case StepStatus::Failed:
        acts << Act::MarkPassed;
        break;
    case StepStatus::Unknown:
        acts << Act::MarkPassed << Act::JudgeFailed;
        break;
    case StepStatus::Pending:
    case StepStatus::Running:
    case StepStatus::Passed:
    case StepStatus::Skipped:
    case StepStatus::Blocked:
        break;
    }
    return acts;
}

bool NextAction::offers(Act act) const {
    return act != Act::None && (primary == act || others().contains(act));
}

NextAction nextAction(const models::RunState& state, RunAccess access, int selectedStep) {
    NextAction action;
    if (!state.plan)
        return action;
    if (access == RunAccess::Preview) {
        action = ofPreview(state);
    } else if (state.status == models::RunStatus::Closed) {
        action = ofClosed(state);
    } else if (access == RunAccess::ReadOnly) {
        action.lead = QStringLiteral("Read only");
        action.sentence =
            state.givenAway
                ? QStringLiteral("It stands here as it was handed over to %1: what was done since "
                                 "is recorded there.")
                      .arg(shortened(state.givenAway->to, 60))
                : QStringLiteral("This run can be followed here, not driven.");
        action.quieter = {Act::CopyStatus, Act::Report};
    } else if (state.rollback) {
        action = ofTakenBack(state);
    } else if (state.paused) {
        action.lead = QStringLiteral("Paused");
        action.sentence = QStringLiteral("Nothing new starts until the run is resumed.");
        action.primary = Act::Resume;
        action.quieter = {Act::AddNote};
    } else {
        const int step =
            isTakeable(state, selectedStep) ? selectedStep : models::nextOpenStep(state);
        const bool isWatched = state.watch && state.watch->isUnderWay();
        if (isWatched && (step < 0 || step == models::watchStepOf(*state.plan))) {
            action = ofWatch(state);
        } else if (step >= 0) {
            action = ofStep(state, step);
        } else if (state.watch && !models::isWatchSettled(state)) {
            action.lead = state.watch->result == models::Verdict::Fail ? QStringLiteral("Failed")
                                                                       : QStringLiteral("Unknown");
            action.sentence = QStringLiteral("The watch did not end well: %1")
                                  .arg(shortened(state.watch->words, 140));
            if (state.watch->result == models::Verdict::Fail)
                action.quieter = {Act::CloseRun}; // to go back is nearer, and stands beside it
            else
                action.primary = Act::CloseRun;
        } else {
            action = ofDone(state);
        }
    }
    if (action.primary != Act::None && action.primaryText.isEmpty())
        action.primaryText = actText(action.primary);
    return action;
}

} // namespace ui
