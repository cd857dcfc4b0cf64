// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/nextaction.h"

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

bool canRun(const models::Step& step) {
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

NextAction ofPending(const models::RunState& state, const models::Step& step) {
    NextAction action;
    action.lead = QStringLiteral("Next");
    action.sentence = titleOf(step);
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    const int missing = int(needs.variables.size() + needs.secrets.size());
    const QString place = app::RunService::resolve(state, step.id, {}).place;
    if (canRun(step) && !place.isEmpty() && needs.terminalCommand.isEmpty())
        action.sentence += QStringLiteral(" · %1").arg(place);
    if (step.kind == StepKind::Approval) {
        action.primary = Act::Approve;
        action.quieter = {Act::Reject};
    } else if (step.kind == StepKind::Gate) {
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
    } else if (!canRun(step)) {
        action.primary = step.kind == StepKind::Wait ? Act::RunStep : Act::MarkDone;
        if (isForEditing(step))
            action.quieter.append(Act::EditAndRun);
        if (step.kind != StepKind::Wait)
            action.quieter.append(Act::MarkFailed);
    } else {
        action.primary = needs.confirmationText.isEmpty() ? Act::RunStep : Act::ConfirmTyped;
        action.quieter.append(Act::EditAndRun);
    }
    addSkip(action, step);
    return action;
}

NextAction ofRunning(const models::RunState& state, const models::Step& step) {
    NextAction action;
    action.lead = QStringLiteral("Running");
    action.sentence = titleOf(step);
    const auto& attempts = state.step(step.id).attempts;
    const bool streaming = std::any_of(step.commands.begin(), step.commands.end(),
                                       [](const auto& command) { return command.streaming; });
    if (!attempts.isEmpty() && attempts.last().place != QLatin1String("local"))
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

NextAction ofFailed(const models::RunState& state, const models::Step& step) {
    NextAction action;
    action.lead = QStringLiteral("Failed");
    const QString reason = state.step(step.id).reason;
    action.sentence = titleOf(step);
    if (!reason.isEmpty())
        action.sentence += QStringLiteral(": ") + shortened(reason, 140);
    const bool runnable = canRun(step) || !state.step(step.id).attempts.isEmpty();
    const app::StepNeeds needs = app::RunService::needs(state, step.id);
    action.primary = runnable ? Act::Retry : Act::Reopen;
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
    if (step.kind == StepKind::Approval) {
        const int wanted = step.approval ? step.approval->by : 1;
        action.sentence +=
            QStringLiteral(": %1 of %2 approved").arg(stepState.approvals).arg(wanted);
        action.primary = Act::Approve;
        action.quieter = {Act::Reject};
        return action;
    }
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
    switch (status) {
    case StepStatus::Pending:
        action = ofPending(state, step);
        break;
    case StepStatus::Running:
        action = ofRunning(state, step);
        break;
    case StepStatus::Waiting:
        action = ofWaiting(state, step);
        break;
    case StepStatus::Failed:
        action = ofFailed(state, step);
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
    action.quieter = {Act::CopyStatus, Act::Report};
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

QString actText(Act act) {
    switch (act) {
    case Act::None:
        return {};
    case Act::StartRun:
        return QStringLiteral("Start run…");
    case Act::GoToNext:
        return QStringLiteral("Go to next step");
    case Act::RunStep:
        return QStringLiteral("Run step");
    case Act::GiveValues:
        return QStringLiteral("Enter values");
    case Act::ConfirmTyped:
        return QStringLiteral("Confirm step…");
    case Act::Choose:
        return QStringLiteral("Choose option");
    case Act::CopyCommand:
        return QStringLiteral("Copy command");
    case Act::Decide:
        return QStringLiteral("Decide outcome");
    case Act::MarkDone:
        return QStringLiteral("Mark done");
    case Act::MarkFailed:
    case Act::JudgeFailed:
        return QStringLiteral("Mark failed…");
    case Act::JudgePassed:
        return QStringLiteral("Judge passed");
    case Act::Retry:
        return QStringLiteral("Retry step");
    case Act::Skip:
        return QStringLiteral("Skip step…");
    case Act::MarkPassed:
        return QStringLiteral("Mark passed…");
    case Act::EditAndRun:
        return QStringLiteral("Edit and run once…");
    case Act::Cancel:
        return QStringLiteral("Cancel step");
    case Act::PassGate:
        return QStringLiteral("Pass gate…");
    case Act::OverrideGate:
        return QStringLiteral("Override gate…");
    case Act::Approve:
        return QStringLiteral("Approve step");
    case Act::Reject:
        return QStringLiteral("Reject step");
    case Act::Reopen:
        return QStringLiteral("Reopen step");
    case Act::Resume:
        return QStringLiteral("Resume run");
    case Act::Pause:
        return QStringLiteral("Pause run");
    case Act::RunSection:
        return QStringLiteral("Run section");
    case Act::RunAll:
        return QStringLiteral("Run all");
    case Act::StopAll:
        return QStringLiteral("Stop running all");
    case Act::AddCommand:
        return QStringLiteral("Run another command…");
    case Act::AddNote:
        return QStringLiteral("Add note…");
    case Act::SetOwner:
        return QStringLiteral("Set owner…");
    case Act::CopyStatus:
        return QStringLiteral("Copy status");
    case Act::Report:
        return QStringLiteral("Save report…");
    case Act::CloseRun:
        return QStringLiteral("Close run…");
    case Act::Abort:
        return QStringLiteral("Abort run…");
    }
    return {};
}

QString filledInText(Act act) {
    switch (act) {
    case Act::GiveValues:
        return QStringLiteral("Use values");
    case Act::ConfirmTyped:
        return actText(Act::RunStep);
    case Act::Choose:
        return QStringLiteral("Run option");
    default:
        return actText(act);
    }
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
        action.sentence = QStringLiteral("This run can be followed here, not driven.");
        action.quieter = {Act::CopyStatus, Act::Report};
    } else if (state.paused) {
        action.lead = QStringLiteral("Paused");
        action.sentence = QStringLiteral("Nothing new starts until the run is resumed.");
        action.primary = Act::Resume;
        action.quieter = {Act::AddNote};
    } else {
        const int step =
            isTakeable(state, selectedStep) ? selectedStep : models::nextOpenStep(state);
        if (step >= 0) {
            action = ofStep(state, step);
        } else {
            action.lead = QStringLiteral("Done");
            action.sentence =
                QStringLiteral("Every step has an outcome. Close the run to keep it.");
            action.primary = Act::CloseRun;
        }
    }
    if (action.primary != Act::None && action.primaryText.isEmpty())
        action.primaryText = actText(action.primary);
    return action;
}

} // namespace ui
