// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stepaction.h"

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
    action.lead = Lead::Next;
    if (standing.status == StepStatus::Waiting) {
        action.lead = Lead::Waiting;
    } else if (standing.status != StepStatus::Pending) {
        action.lead = standing.status == StepStatus::Failed ? Lead::Failed : Lead::Unknown;
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
    action.lead = isFailed                                 ? Lead::Failed
                  : standing.status == StepStatus::Waiting ? Lead::Waiting
                                                           : Lead::Next;
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
    action.lead = Lead::Next;
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

/// Whether all that runs of it is to end, and has not yet.
bool isBeingCancelled(const QList<models::Attempt>& attempts) {
    const auto isToEnd = [](const models::Attempt& attempt) {
        return !models::isUnderWay(attempt) || attempt.cancelRequested;
    };
    return std::any_of(attempts.cbegin(), attempts.cend(), models::isUnderWay) &&
           std::all_of(attempts.cbegin(), attempts.cend(), isToEnd);
}

/// Whether what became of all that runs of it is being asked.
bool isAsking(const QList<models::Attempt>& attempts) {
    return std::any_of(attempts.cbegin(), attempts.cend(), models::isUnderWay) &&
           std::all_of(attempts.cbegin(), attempts.cend(), [](const models::Attempt& attempt) {
               return !models::isUnderWay(attempt) || attempt.isAsking;
           });
}

NextAction ofRunning(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    NextAction action;
    const auto& attempts = state.step(step.id).attempts;
    const bool isCancelled = isBeingCancelled(attempts);
    action.lead = isCancelled ? Lead::Cancelling : Lead::Running;
    action.sentence = titleOf(step);
    const bool streaming = std::any_of(step.commands.begin(), step.commands.end(),
                                       [](const auto& command) { return command.streaming; });
    if (models::hasSeveralHosts(step))
        action.sentence +=
            QStringLiteral(" · ") + models::hostSummary(models::hostProgress(state, index));
    else if (!attempts.isEmpty() && attempts.last().place != models::localPlace)
        action.sentence += QStringLiteral(" · %1").arg(attempts.last().place);
    if (isCancelled) {
        action.sentence += QStringLiteral(": waiting until its processes have ended");
    } else if (isAsking(attempts)) {
        action.sentence += QStringLiteral(": asking what became of it");
        action.quieter = {Act::Cancel};
    } else if (streaming) {
        action.primary = Act::Cancel;
        action.primaryText = QStringLiteral("Stop and judge");
    } else {
        action.quieter = {Act::Cancel};
    }
    // Taken up by another process: its output is withheld until its secrets can be masked.
    if (!app::RunService::needs(state, step.id).secrets.isEmpty()) {
        action.primary = Act::GiveValues;
        action.primaryText = QStringLiteral("Enter secrets");
        if (!isCancelled)
            action.quieter = {Act::Cancel};
    }
    return action;
}

NextAction ofFailed(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    NextAction action;
    action.lead = Lead::Failed;
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
    if (models::lostSession(state.step(step.id)))
        action.inCard.append(Act::RunFresh);
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
    action.lead = Lead::Waiting;
    action.sentence = titleOf(step);
    if (!stepState.waitUntil.isNull()) {
        action.sentence += QStringLiteral(", until %1").arg(formatTime(stepState.waitUntil));
        addSkip(action, step);
        return action;
    }
    action.lead = Lead::Judge;
    action.primary = Act::JudgePassed;
    action.quieter = {Act::JudgeFailed};
    if (!stepState.attempts.isEmpty())
        action.quieter.append(Act::Retry);
    return action;
}

NextAction ofUnknown(const models::RunState& state, int index) {
    const models::Step& step = state.plan->steps[index].step;
    NextAction action;
    action.lead = Lead::Unknown;
    action.sentence = titleOf(step);
    const QString reason = state.step(step.id).reason;
    if (!reason.isEmpty())
        action.sentence += QStringLiteral(": ") + shortened(reason, 140);
    action.primary = Act::Decide;
    if (models::refusal(state, index, models::StepIntent::AskAgain).isEmpty()) {
        action.primary = Act::AskAgain;
        action.quieter = {Act::Decide};
    }
    action.inCard = {Act::MarkPassed, Act::JudgeFailed, Act::Retry};
    if (!isRequired(step))
        action.inCard.append(Act::Skip);
    return action;
}

NextAction ofBlocked(const models::RunState& state, int index) {
    NextAction action;
    action.lead = Lead::Blocked;
    action.sentence = shortened(models::blockedReason(state, index), 200);
    action.primary = Act::GoToNext;
    return action;
}

/// Where it stands otherwise than a gate that is read or an approval that is open.
NextAction byStatus(const models::RunState& state, int index, StepStatus status) {
    const models::Step& step = state.plan->steps[index].step;
    switch (status) {
    case StepStatus::Pending:
        return ofPending(state, index);
    case StepStatus::Running:
        return ofRunning(state, index);
    case StepStatus::Waiting:
        return ofWaiting(state, step);
    case StepStatus::Failed:
        return ofFailed(state, index);
    case StepStatus::Unknown:
        return ofUnknown(state, index);
    case StepStatus::Blocked:
        return ofBlocked(state, index);
    case StepStatus::Passed:
    case StepStatus::Skipped:
        break;
    }
    return {};
}

} // namespace

NextAction stepAction(const models::RunState& state, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    const StepStatus status = models::effectiveStatus(state, planIndex);
    const bool isOpenApproval =
        models::isApproval(step) && (status == StepStatus::Pending ||
                                     status == StepStatus::Waiting || status == StepStatus::Failed);
    NextAction action = models::isObserved(step) && status != StepStatus::Blocked
                            ? ofObserved(state, planIndex)
                        : isOpenApproval ? ofApproval(state, planIndex)
                                         : byStatus(state, planIndex, status);
    action.step = planIndex;
    return action;
}

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
        if (!models::attemptsToAskAgain(state, planIndex, host.host).isEmpty())
            acts << Act::AskAgain;
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

} // namespace ui
