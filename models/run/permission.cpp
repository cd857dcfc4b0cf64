// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/permission.h"

#include "models/run/approvalrule.h"
#include "models/run/hosts.h"
#include "models/run/observations.h"
#include "models/run/standing.h"

#include <algorithm>

namespace models {
namespace {

bool isDecidedByPeople(const Step& step) {
    return step.kind == StepKind::Gate || isApproval(step);
}

QString notOpen(StepStatus status) {
    switch (status) {
    case StepStatus::Running:
        return u"It is still running."_qs;
    case StepStatus::Passed:
        return u"It has passed. Reopen it first."_qs;
    case StepStatus::Skipped:
        return u"It was skipped. Reopen it first."_qs;
    case StepStatus::Pending:
    case StepStatus::Blocked:
    case StepStatus::Waiting:
    case StepStatus::Failed:
    case StepStatus::Unknown:
        break;
    }
    return {};
}

QString refuseStart(const RunState& state, int planIndex, StepStatus status) {
    const Step& step = state.plan->steps[planIndex].step;
    if (!canRun(step))
        return u"There is nothing to run in this step."_qs;
    const QString noPlace = placeRefusal(*state.plan, step);
    if (!noPlace.isEmpty())
        return noPlace;
    if (state.paused)
        return u"The run is paused. Resume it first."_qs;
    if (status == StepStatus::Waiting && !state.step(step.id).waitUntil.isNull())
        return u"It is waiting already."_qs;
    return notOpen(status);
}

QString refuseConfirm(const RunState& state, int planIndex, StepStatus status) {
    const Step& step = state.plan->steps[planIndex].step;
    if (isApproval(step))
        return u"It needs an approval."_qs;
    if (isObserved(step))
        return isDecidedByPeople(step)
                   ? u"What is observed decides it. Override it with a reason."_qs
                   : u"What is observed decides it. Mark it as passed with the evidence."_qs;
    const QString reason = notOpen(status);
    if (!reason.isEmpty())
        return reason;
    if (status == StepStatus::Waiting && state.step(step.id).waitUntil.isNull())
        return {};
    const bool byHand =
        !canRun(step) || step.kind == StepKind::Manual || step.kind == StepKind::Gate;
    return byHand ? QString() : u"Run it, or mark it as passed with the evidence."_qs;
}

QString refuseSkip(const RunState& state, int planIndex, StepStatus status) {
    const Step& step = state.plan->steps[planIndex].step;
    if (step.options.flag(QLatin1String("required"), false))
        return u"It is required and cannot be skipped."_qs;
    if (isDecidedByPeople(step))
        return u"It is a gate: override it with a reason."_qs;
    return notOpen(status);
}

QString refuseReopen(StepStatus status) {
    switch (status) {
    case StepStatus::Passed:
    case StepStatus::Failed:
    case StepStatus::Skipped:
    case StepStatus::Unknown:
    case StepStatus::Waiting:
        return {};
    case StepStatus::Running:
        return u"It is still running."_qs;
    case StepStatus::Pending:
    case StepStatus::Blocked:
        break;
    }
    return u"It is open."_qs;
}

} // namespace

bool canRun(const Step& step) {
    if (step.http || step.kind == StepKind::Wait)
        return true;
    return std::any_of(step.commands.cbegin(), step.commands.cend(),
                       [](const Command& command) { return !command.needsTerminal; });
}

QString refusal(const RunState& state, int planIndex, StepIntent intent) {
    if (state.readOnly)
        return u"This run holds events of a newer version: it can be read only."_qs;
    if (state.status == RunStatus::Closed)
        return u"The run is closed."_qs;
    if (state.givenAway)
        return givenAwayReason(state);
    if (planIndex < 0 || planIndex >= state.plan->steps.size())
        return u"There is no such step in this run."_qs;
    if (!state.plan->isLeaf(planIndex))
        return u"It is done when its parts are."_qs;
    const StepStatus status = effectiveStatus(state, planIndex);
    if (intent == StepIntent::Cancel && isBetweenBatches(state, planIndex))
        return {};
    if (intent == StepIntent::Cancel || intent == StepIntent::Input)
        return status == StepStatus::Running ? QString() : u"It is not running."_qs;
    if (state.rollback)
        return u"The run is being rolled back: it goes on there."_qs;
    if (intent == StepIntent::Reopen)
        return refuseReopen(status);
    if (intent == StepIntent::AskAgain)
        return attemptsToAskAgain(state, planIndex).isEmpty()
                   ? u"There is nothing to ask: no outcome of it is unknown that its host may "
                     "still tell."_qs
                   : QString();
    const QString blocked = blockedReason(state, planIndex);
    if (!blocked.isEmpty())
        return blocked;
    const Step& step = state.plan->steps[planIndex].step;
    switch (intent) {
    case StepIntent::Start:
        return refuseStart(state, planIndex, status);
    case StepIntent::Confirm:
        return refuseConfirm(state, planIndex, status);
    case StepIntent::Skip:
        return refuseSkip(state, planIndex, status);
    case StepIntent::MarkPassed:
        return isDecidedByPeople(step) ? u"It is a gate: override it with a reason."_qs
                                       : notOpen(status);
    case StepIntent::Override:
        return isDecidedByPeople(step) ? notOpen(status)
                                       : u"It is no gate: mark it as passed or skip it."_qs;
    case StepIntent::Approve:
        return isApproval(step) ? notOpen(status) : u"It asks for no approval."_qs;
    case StepIntent::Reopen:
    case StepIntent::Cancel:
    case StepIntent::Input:
    case StepIntent::AskAgain:
        break;
    }
    return {};
}

QString closingRefusal(const RunState& state, RunOutcome outcome) {
    if (state.readOnly)
        return u"This run holds events of a newer version: it can be read only."_qs;
    if (state.status == RunStatus::Closed)
        return u"The run is closed already."_qs;
    if (state.givenAway)
        return givenAwayReason(state);
    if (state.rollback)
        return u"The run is being rolled back: it closes with that."_qs;
    const Standing& standing = state.standing;
    if (const int running = stepsRunning(state); running > 0)
        return running == 1
                   ? u"A step is still running. Cancel it or wait for it."_qs
                   : u"%1 steps are still running. Cancel them or wait for them."_qs.arg(running);
    const bool isGood =
        outcome == RunOutcome::Succeeded || outcome == RunOutcome::SucceededWithDeviations;
    if (isGood && state.status == RunStatus::Watching)
        return u"The run is being watched. Wait for the end of the watch, or end it."_qs;
    switch (outcome) {
    case RunOutcome::None:
        return u"Choose how the run ended."_qs;
    case RunOutcome::Succeeded:
    case RunOutcome::SucceededWithDeviations: {
        if (goodOutcome(state) != RunOutcome::None)
            return {};
        const Tally& lane = standing.lanes[static_cast<int>(state.plan->mainLane())];
        return lane.total == 0 ? u"Nothing was to be done in this run. Close it as aborted."_qs
                               : u"%1 of %2 steps are not done. Finish or skip them, or close the "
                                 u"run as failed "
                                 "or aborted."_qs.arg(lane.total - lane.done())
                                     .arg(lane.total);
    }
    case RunOutcome::RolledBack: {
        const Tally& lane = standing.lanes[static_cast<int>(Lane::Rollback)];
        if (lane.total == 0 || lane.done() < lane.total)
            return u"The steps of the rollback lane are not all done."_qs;
        if (!state.plan->isRollback() || goodOutcome(state) == RunOutcome::RolledBack)
            return {};
        return state.verification
                   ? u"The rollback did not work: %1"_qs.arg(state.verification->reason)
                   : u"Nobody has looked yet whether the rollback led back."_qs;
    }
    case RunOutcome::Failed:
    case RunOutcome::Aborted:
    case RunOutcome::RollbackFailed:
        break;
    }
    return {};
}

} // namespace models
