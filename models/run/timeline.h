// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <utility>

namespace models {

/// From when to when something was done for a step: its attempts, else the moment of the decision.
/// The second is null while an attempt runs; both are null where nothing has happened.
[[nodiscard]] std::pair<Instant, Instant> timeOf(const StepState& step);

/// Plan index of the leaf that was under way at that time, the last started of several; else of the
/// last one before it; -1 where the run had not begun any. By the clock of who recorded the run.
[[nodiscard]] int stepAt(const RunState& state, Instant time);

} // namespace models
