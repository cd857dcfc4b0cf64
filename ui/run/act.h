// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QString>

namespace ui {

/// Everything that a person can ask of a run or a step.
enum class Act {
    None,
    StartRun,
    GoToNext,
    RunStep,
    GiveValues,   ///< placeholders or secrets are missing: the form in the pane
    ConfirmTyped, ///< the words to type are missing: the form in the pane
    Choose,       ///< one of several ways: the form in the pane
    CopyCommand,  ///< for a terminal of the person's own
    Decide,       ///< the outcome is unknown: the evidence in the pane
    MarkDone,
    MarkFailed,
    JudgePassed,
    JudgeFailed,
    Retry,
    Skip,
    MarkPassed,
    EditAndRun,
    AskAgain, ///< the place, what became of a command whose outcome is unknown
    RunFresh, ///< without what the steps before left, where that is gone
    Cancel,
    PassGate,
    OverrideGate,
    Approve,
    Reject,
    AskApproval, ///< from here on its time runs; asked again, what was said counts no more
    CopyRequest, ///< what is to be signed, for the team's chat
    Reopen,
    Resume,
    Pause,
    RunSection,
    RunAll,
    StopAll,
    AddCommand,
    AddNote,
    SetOwner,
    ShowLogs, ///< log lines of the time of the selected step
    CopyStatus,
    ShowBoard, ///< approvals, gates and risks at a glance
    HandOver,  ///< to a colleague's console, as a file
    TakeBack,  ///< of what was handed over: drives it here all the same
    Report,
    CloseRun,
    AcknowledgeTrigger, ///< the run goes on although it holds
    EndWatch,
    Abort,
    RollBack,     ///< what going back from here would do, in a panel of its own
    ShowRollback, ///< the run that takes this one back
    LiftBlock,    ///< what the run was about may go there again
};

/// What a button says: a verb with its object, and an ellipsis where a question follows.
[[nodiscard]] QString actText(Act act);
/// What the button of a form says once the form is filled in; empty for what has no form.
[[nodiscard]] QString filledInText(Act act);
/// What the button says that does it to one host of a step alone: "Retry host".
[[nodiscard]] QString hostActText(Act act, models::StepStatus hostStatus);

} // namespace ui
