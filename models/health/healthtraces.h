// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/verdict.h"
#include "models/health/condition.h"
#include "models/health/healthseries.h"
#include "models/health/phaseseries.h"

#include <QList>
#include <QMap>
#include <QString>

#include <array>
#include <chrono>
#include <vector>

namespace models {

// What is drawn of a series. A gap is a gap: where nothing was seen, a line ends and begins anew.

/// A point of a line.
struct TracePoint {
    Instant at;
    double value = 0;
    bool begins = false; ///< what lies before it was not seen
};
using TracePoints = std::vector<TracePoint>;

/// The least and the most at a time.
struct RangePoint {
    Instant at;
    double least = 0;
    double most = 0;
    bool begins = false;
};

/// Latencies in seconds. Of checks that passed: where all failed there is nothing to draw.
struct LatencyTraces {
    TracePoints median;
    TracePoints p95;
    std::vector<RangePoint> range;
};

/// every: of the probe. Longer apart than half as much again, a check is missing.
[[nodiscard]] LatencyTraces latencyTraces(const std::vector<HealthSpan>& spans,
                                          std::chrono::milliseconds every);
/// Of each phase, in seconds.
[[nodiscard]] std::array<TracePoints, phaseCount> phaseTraces(const std::vector<PhaseSpan>& spans,
                                                        std::chrono::milliseconds every);

/// From here on the checks came to another verdict than before. Unknown after a gap, too.
struct StateChange {
    Instant at;
    Verdict verdict = Verdict::Unknown;
};
/// The first span is a change as well: to what it came to.
[[nodiscard]] std::vector<StateChange> stateChanges(const std::vector<HealthSpan>& spans,
                                                    std::chrono::milliseconds every);
/// What a span came to: a failure is told before all else.
[[nodiscard]] Verdict verdictOf(const HealthSummary& summary);

/// A latency that a condition sets a limit to.
struct LatencyLimit {
    double seconds = 0;
    QString words; ///< as the condition has it: "p95(http.total, 5m) < 500ms"; or "sla.p95"
};
/// Those that have to hold, whatever else does: comparisons of a latency with a time at the
/// condition's top or joined there by &&, and what is promised. references: of the probe.
[[nodiscard]] QList<LatencyLimit> latencyLimits(const Condition& condition,
                                                const QMap<QString, Quantity>& references);

} // namespace models
