// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/health/conditionreading.h"
#include "models/health/phaseseries.h"

#include <chrono>
#include <cstdint>

namespace models {

class HealthSeries;

/// The checks of one probe, to be asked over time.
struct SeriesWindow {
    const HealthSeries& series;
    Instant until;                       ///< exclusive
    std::chrono::milliseconds every;     ///< how often it is checked
    std::uint64_t least = 1;             ///< with fewer samples nothing is said
    const PhaseSeries* phases = nullptr; ///< where they are kept
};

/// Answers the functions that count checks or reckon with their latencies: p50 to p99, avg, min,
/// max, success_rate, error_rate, count, coverage, burn, apdex. Checks that are not known are no
/// samples; a failure is never a latency, and to apdex it is one who is frustrated. What the
/// question calls its series is not looked at.
[[nodiscard]] HealthAnswer answerOverTime(const SeriesWindow& checks,
                                          const WindowQuestion& question);

/// The same of one phase: p50 to p99, avg, min, max and count.
[[nodiscard]] HealthAnswer phaseOverTime(const SeriesWindow& checks, Phase phase,
                                         const WindowQuestion& question);

/// How many checks failed. Missing where none is known: that nobody looked is no good sign.
[[nodiscard]] HealthAnswer failuresOverTime(const SeriesWindow& checks,
                                            std::chrono::milliseconds window);

} // namespace models
