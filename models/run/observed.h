// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/verdict.h"
#include "models/run/golive.h"

#include <QList>
#include <QString>

namespace models {

/// One reading of a gate that counted towards its decision.
struct GateSample {
    Instant at;
    Verdict verdict = Verdict::Unknown;
    QString words; ///< its numbers

    bool operator==(const GateSample&) const = default;
};

/// A gate that was entered, as far as it is recorded: changes and what it was decided on.
struct GateState {
    Instant enteredAt;
    Instant deadline;
    GateRule rule;
    Verdict verdict = Verdict::Unknown; ///< whether it may pass
    int samples = 0;                    ///< readings that count so far, of rule.samples
    QList<LeafReading> leaves;          ///< of the newest recorded reading
    QString words;                      ///< what it waits for
    Instant observedAt;                 ///< null: not yet
    QList<GateSample> decidedOn;        ///< once it passed

    bool operator==(const GateState&) const = default;
};

/// An armed trigger. What goes back and forth is one episode until it was clear for a while.
struct TriggerStanding {
    Instant armedAt;
    bool holds = false;
    Instant since;       ///< when it began to hold, or was over; null: it never held
    QString words;       ///< the numbers by which it did
    int times = 0;       ///< how often it began to hold
    bool isNews = false; ///< the last time it did, it had been clear for a while
    bool acknowledged = false;
    QString acknowledgedBy;
    QString acknowledgedBecause;

    /// Holds, and nobody has said that the run goes on all the same.
    [[nodiscard]] bool asks() const { return holds && !acknowledged; }
    bool operator==(const TriggerStanding&) const = default;
};

/// After so long without holding, a trigger that holds again is news.
inline constexpr std::chrono::minutes calmAfterTrigger{5};

/// What a criterion of the watch came to when it was last recorded.
struct CriterionSeen {
    QString condition; ///< or the name of a trigger
    Verdict verdict = Verdict::Unknown;
    QString words;

    bool operator==(const CriterionSeen&) const = default;
};

/// The watch after a go-live. Time counts only where it was looked at and recorded.
struct WatchState {
    WatchRule rule;
    Instant startedAt;
    Instant until;
    Instant seenUntil;                  ///< end of the newest span; what came before it is decided
    std::chrono::nanoseconds seen{0};   ///< of the time
    std::chrono::nanoseconds passed{0}; ///< of what was seen: every criterion passed
    std::chrono::nanoseconds failed{0}; ///< of what was seen: one failed
    Verdict verdict = Verdict::Unknown; ///< of the newest span
    QList<CriterionSeen> criteria;
    Instant endedAt; ///< null: it goes on
    Verdict result = Verdict::Unknown;
    QString words;   ///< why it ended so
    QString endedBy; ///< who ended it before its time
    QString endedBecause;

    [[nodiscard]] bool isUnderWay() const { return endedAt.isNull(); }
    bool operator==(const WatchState&) const = default;
};

/// Share of the watch's time up to a moment that was seen; 0 before it began.
[[nodiscard]] double watchCoverage(const WatchState& watch, Instant at);

/// What the watch comes to at the end of its time: Pass where so much of it was seen and good as
/// its rule asks for, Fail where more than the rest was bad or it ends badly, else Unknown.
[[nodiscard]] Finding watchFinding(const WatchState& watch);

} // namespace models
