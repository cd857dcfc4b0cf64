// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/environmentsource.h"

namespace models {

/// A time in which a condition stood in one way. From inclusive, until exclusive.
struct ReplaySpan {
    Instant from;
    Instant until;
    Verdict verdict = Verdict::Unknown;

    bool operator==(const ReplaySpan&) const = default;
};

/// What is replayed. services and metrics outlive the call.
struct ReplayRequest {
    const std::vector<ServiceHealth>& services;
    const std::vector<const MetricHealth*>& metrics;
    Instant from;
    Instant to;
    std::chrono::milliseconds every{10'000}; ///< how often it would have been checked
    std::uint64_t least = 1;                 ///< samples below which a window says nothing
};

/// Where a condition would have held, failed or been unknown over what was recorded: one span after
/// the other, without a gap, from `from` to `to`. At most the newest 10,000 checks are replayed.
[[nodiscard]] std::vector<ReplaySpan> replayCondition(const Condition& condition,
                                                      const ReplayRequest& request);

} // namespace models
