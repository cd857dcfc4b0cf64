// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/event.h"
#include "models/run/gatewatch.h"

/// The payloads of what is recorded of gates, triggers and the watch; apply() reads the same keys.
/// "trigger" is a trigger's name, "verdict" one of verdictName().
namespace models {

/// Time in which the watch was looked at without a gap and came to the same.
struct WatchSpan {
    Instant from;
    Instant to;
    Verdict verdict = Verdict::Unknown;
    QList<CriterionSeen> criteria; ///< at its end

    bool operator==(const WatchSpan&) const = default;
};

namespace draft {

/// {step, until, rule: {everyMs, samples, deadlineMs}}
[[nodiscard]] EventDraft gateEntered(const StepId& step, const GateRule& rule, Instant until);
/// {step, verdict, samples, leaves: [{expression, verdict, words}], words}
[[nodiscard]] EventDraft gateObserved(const StepId& step, const GateStanding& standing);
/// {step, remark, decidedOn: [{at, verdict, words}]}: by what was observed, not by a person
[[nodiscard]] EventDraft gatePassedOn(const StepId& step, const GateStanding& standing);
/// {trigger}
[[nodiscard]] EventDraft triggerArmed(const QString& trigger);
/// {trigger, words}
[[nodiscard]] EventDraft triggerHeld(const QString& trigger, const QString& words);
/// {trigger, words}
[[nodiscard]] EventDraft triggerCleared(const QString& trigger, const QString& words);
/// {trigger, reason}
[[nodiscard]] EventDraft triggerAcknowledged(const QString& trigger, const QString& reason);
/// {from, rule: {timeMs, everyMs, coverage, criteria}}
[[nodiscard]] EventDraft watchStarted(const WatchRule& rule, Instant from);
/// {from, to, verdict, criteria: [{condition, verdict, words}]}
[[nodiscard]] EventDraft watchObserved(const WatchSpan& span);
/// {verdict, words, reason}; reason: of the person who ended it before its time
[[nodiscard]] EventDraft watchEnded(const Finding& result, const QString& reason = {});

} // namespace draft

/// What a gate's standing adds to what is recorded of it: nothing while neither its verdict nor
/// that of the newest reading is another one; what it passes on, and that it passes. Empty for a
/// gate that was not entered, or is decided.
[[nodiscard]] QList<EventDraft> gateDrafts(const RunState& state, const StepId& step,
                                           const GateStanding& standing);

} // namespace models
