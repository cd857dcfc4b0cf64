// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <random>
#include <vector>

namespace tests {

/// A way in which latencies may be spread; it draws one, in seconds, from 1 ms to 30 s or so.
struct LatencyDistribution {
    const char* name;
    std::function<double(std::mt19937&)> draw;
};

/// Twenty of them: even, skewed, heavy-tailed, of two kinds, of one point.
[[nodiscard]] const std::vector<LatencyDistribution>& latencyDistributions();

/// By nearest rank, 0 < share <= 1.
[[nodiscard]] double exactQuantile(std::vector<double> values, double share);

} // namespace tests
