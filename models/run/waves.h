// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/event.h"
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

/// Whether it is what lets a wave be held: a gate, a wait or an approval.
[[nodiscard]] bool holdsWave(const Step& step);

/// What is to be recorded, with a WaveEntered before whatever begins or decides the first step of a
/// wave: both are durable at once, so that each wave is entered once, at the time of that. Pure.
[[nodiscard]] QList<EventDraft> withWavesEntered(const RunState& state,
                                                 const QList<EventDraft>& drafts);

} // namespace models
