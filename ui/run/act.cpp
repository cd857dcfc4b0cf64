// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/act.h"

namespace ui {

QString hostActText(Act act, models::StepStatus hostStatus) {
    switch (act) {
    case Act::Retry:
        return hostStatus == models::StepStatus::Pending ? QStringLiteral("Run on host")
                                                         : QStringLiteral("Retry host");
    case Act::MarkPassed:
        return QStringLiteral("Mark host passed…");
    case Act::JudgePassed:
        return QStringLiteral("Judge host passed");
    case Act::JudgeFailed:
        return QStringLiteral("Mark host failed…");
    default:
        return actText(act);
    }
}

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
    case Act::AskAgain:
        return QStringLiteral("Ask the host again");
    case Act::RunFresh:
        return QStringLiteral("Run in fresh shell");
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
    case Act::AskApproval:
        return QStringLiteral("Ask for approval");
    case Act::CopyRequest:
        return QStringLiteral("Copy request");
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
    case Act::ShowLogs:
        return QStringLiteral("Show logs of its time");
    case Act::CopyStatus:
        return QStringLiteral("Copy status");
    case Act::ShowBoard:
        return QStringLiteral("Go or no-go…");
    case Act::HandOver:
        return QStringLiteral("Hand over…");
    case Act::TakeBack:
        return QStringLiteral("Take back…");
    case Act::Report:
        return QStringLiteral("Save report…");
    case Act::CloseRun:
        return QStringLiteral("Close run…");
    case Act::AcknowledgeTrigger:
        return QStringLiteral("Acknowledge trigger…");
    case Act::EndWatch:
        return QStringLiteral("End watch…");
    case Act::RollBack:
        return QStringLiteral("Roll back…");
    case Act::ShowRollback:
        return QStringLiteral("Show rollback");
    case Act::LiftBlock:
        return QStringLiteral("Lift block…");
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
        return {};
    }
}

} // namespace ui
