// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

namespace models {

/// How far one wave of a run is. A value.
struct WaveProgress {
    QString name;
    int first = 0; ///< plan index of its first step
    Progress progress;
    StepStatus status = StepStatus::Pending; ///< Blocked: an earlier one is open
    int heldBy = -1; ///< plan index of the gate, wait or approval that is its next step; -1: none

    bool operator==(const WaveProgress&) const = default;
};

/// The waves of the run, in their order; empty where its rollout is not staged. Pure.
[[nodiscard]] QList<WaveProgress> wavesOf(const RunState& state);

} // namespace models
