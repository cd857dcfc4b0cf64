// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <variant>

namespace models {

/// Start the attempt or take it up again: the place makes that idempotent.
struct RunAttempt {
    AttemptKey attempt;
    bool operator==(const RunAttempt&) const = default;
};
/// End every process of the attempt.
struct CancelAttempt {
    AttemptKey attempt;
    bool operator==(const CancelAttempt&) const = default;
};
/// Fire TimerFired for the step at this moment (a wait step, a pause between batches).
struct ArmTimer {
    StepId step;
    Instant at;
    bool operator==(const ArmTimer&) const = default;
};
/// A batch of the step's hosts has passed: record the start of the next, or the wait before it.
struct ContinueStep {
    StepId step;
    bool operator==(const ContinueStep&) const = default;
};
/// The run is taken back: make the run that does it where there is none yet, and close with it.
struct FollowRollback {
    RunId run;
    bool operator==(const FollowRollback&) const = default;
};
/// The run is closed: remove its directories at the places.
struct CleanUp {
    bool operator==(const CleanUp&) const = default;
};

/// The run is closed and these hosts do not know it yet: give their locks back.
struct ReleaseLocks {
    QStringList hosts;
    bool operator==(const ReleaseLocks&) const = default;
};

using Effect = std::variant<RunAttempt, CancelAttempt, ArmTimer, ContinueStep, FollowRollback,
                            CleanUp, ReleaseLocks>;

/// Everything that should be under way in this state. Pure and idempotent: the executor starts what
/// it has not yet started in this process, so a restart is a replay.
[[nodiscard]] QList<Effect> next(const RunState& state);

} // namespace models
