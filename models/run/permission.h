// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

namespace models {

/// What an operator may ask of a step.
enum class StepIntent {
    Start,
    Confirm,
    Skip,
    MarkPassed,
    Reopen,
    Override,
    Approve,
    Cancel,
    Input,
    AskAgain ///< of the place, what became of an attempt whose outcome is unknown
};

/// Why this cannot be done to the step now, for a person to read; empty when it can. The window
/// offers by it and the engine refuses by it, so both always agree.
[[nodiscard]] QString refusal(const RunState& state, int planIndex, StepIntent intent);

/// Whether the step has something that Gantry itself runs: commands, a request or a wait.
[[nodiscard]] bool canRun(const Step& step);

/// Why a run cannot be closed with this outcome now; empty when it can.
[[nodiscard]] QString closingRefusal(const RunState& state, RunOutcome outcome);

} // namespace models
