// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"

#include <QList>
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
    Cancel,
    PassGate,
    OverrideGate,
    Approve,
    Reject,
    Reopen,
    Resume,
    Pause,
    RunSection,
    RunAll,
    StopAll,
    AddCommand,
    AddNote,
    SetOwner,
    CopyStatus,
    Report,
    CloseRun,
    Abort,
};

/// What a button says: a verb with its object, and an ellipsis where a question follows.
[[nodiscard]] QString actText(Act act);
/// What the button of a form says once the form is filled in; actText() for what has no form.
[[nodiscard]] QString filledInText(Act act);

/// What comes next, and what may be done instead.
struct NextAction {
    QString lead;     ///< "Next", "Failed", "Running" …: the sentence's first word
    QString sentence; ///< one sentence, plain text
    Act primary = Act::None;
    QString primaryText; ///< of the one filled button; empty: there is none
    QList<Act> quieter;  ///< beside it: at most four, most useful first
    QList<Act> inCard;   ///< explained one by one in the pane, and so not beside it
    int step = -1;       ///< plan index that it is about

    /// Whether a person may ask for it now, wherever its button stands.
    [[nodiscard]] bool offers(Act act) const;
    /// All but the primary one.
    [[nodiscard]] QList<Act> others() const { return quieter + inCard; }
};

/// Whether the page shows a preview, a run of this console, or somebody else's.
enum class RunAccess { Preview, Driving, ReadOnly };

/// Decides for the selected step where something can be done with it, else for the next open one.
[[nodiscard]] NextAction nextAction(const models::RunState& state, RunAccess access,
                                    int selectedStep);

} // namespace ui
