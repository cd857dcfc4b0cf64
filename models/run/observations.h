// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

namespace models {

/// A gate or a check that is decided by what is observed: by its condition, or by runs in another
/// environment. People can only override it.
[[nodiscard]] bool isObserved(const Step& step);
/// Of a step that is observed: the environment's rule, and what the step says of its own. What
/// needs one look alone (a check, a run elsewhere) passes with the first reading.
[[nodiscard]] GateRule gateRuleOf(const Plan& plan, const Step& step);

/// Of the environment, the document's front matter and its rollback criteria that are conditions;
/// each name once. None in a run that takes another one back.
[[nodiscard]] QList<Trigger> triggersOf(const Plan& plan);

/// A trigger of a run that holds just now.
struct HeldTrigger {
    QString name;
    Severity severity = Severity::Error;

    bool operator==(const HeldTrigger&) const = default;
};
/// Gravest first, then by name.
[[nodiscard]] QList<HeldTrigger> heldTriggers(const RunState& state);

/// How long the run is watched after its last step: as long as a step says that carries "watch",
/// else as the environment says; criteria are both the environment's and the document's. Time 0:
/// not at all.
[[nodiscard]] WatchRule watchRuleOf(const Plan& plan);
/// The step that stands for the watch: one with "watch" that runs nothing of its own. -1: none.
[[nodiscard]] int watchStepOf(const Plan& plan);
/// Whether nothing is left of the main lane but the watch itself.
[[nodiscard]] bool isReadyToWatch(const RunState& state);

/// "99.9 %", rounded down: what is nearly all is not all.
[[nodiscard]] QString shareWords(double share);
/// Whether the run's watch passed, or it has none.
[[nodiscard]] bool isWatchSettled(const RunState& state);

/// What is to be observed of a run in this state, and what is to be recorded before that.
struct Observations {
    int gateToEnter = -1;     ///< plan index: nothing holds it up any more; -1: none
    QList<int> gates;         ///< plan indices of those that were entered and are not decided
    bool armTriggers = false; ///< the run has changed something
    bool triggers = false;    ///< they are armed
    bool startWatch = false;
    bool watch = false; ///< it is under way

    bool operator==(const Observations&) const = default;
};

/// Pure and idempotent, as next() is for what runs: after a restart it says the same again.
[[nodiscard]] Observations observations(const RunState& state);

} // namespace models
