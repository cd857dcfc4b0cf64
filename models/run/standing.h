// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

namespace models {

/// Adds so many leaves of this status, or takes them away.
void count(Tally& tally, StepStatus status, int by);
[[nodiscard]] Progress progressFrom(const Tally& tally);
/// Where something stands that is made of these.
[[nodiscard]] StepStatus statusOf(const Tally& tally);

/// The status to show, in words; in a closed run, what came of a step that nobody brought to its
/// end: "not reached", "never decided".
[[nodiscard]] QString standingWords(const RunState& state, int planIndex);

/// How many steps run now, in any lane.
[[nodiscard]] int stepsRunning(const RunState& state);

/// Sets the status of a leaf and brings everything derived from it up to date, in time of the
/// step's depth. The only way that apply() changes a status.
void setLeafStatus(RunState& state, int planIndex, StepStatus status);

/// Keeps the set of steps that run or wait for a timer.
void refreshActive(RunState& state, int planIndex);

/// Counts everything anew: for a plan just set.
void rebuildStanding(RunState& state);

} // namespace models
