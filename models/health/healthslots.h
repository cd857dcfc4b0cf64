// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

namespace models {

// How a series counts time: in milliseconds since 1970, and in slots of a resolution since then.

[[nodiscard]] inline std::int64_t millisecondsOf(Instant at) {
    return at.nanoseconds / 1'000'000;
}

[[nodiscard]] inline Instant instantOf(std::int64_t time) {
    return {time * 1'000'000};
}

[[nodiscard]] inline std::uint32_t slotOf(std::int64_t time, std::chrono::seconds resolution) {
    return static_cast<std::uint32_t>(time / std::chrono::milliseconds(resolution).count());
}

[[nodiscard]] inline std::int64_t beginOf(std::uint32_t slot, std::chrono::seconds resolution) {
    return std::int64_t(slot) * std::chrono::milliseconds(resolution).count();
}

/// Where the next slot begins; the same where one begins there.
[[nodiscard]] inline std::int64_t borderBehind(std::int64_t time, std::chrono::seconds resolution) {
    const std::int64_t begin = beginOf(slotOf(time, resolution), resolution);
    return begin == time ? time : begin + std::chrono::milliseconds(resolution).count();
}

/// Of what a slot holds: the last one ends with the newest check.
[[nodiscard]] inline std::int64_t middleOf(std::uint32_t slot, std::chrono::seconds resolution,
                                           std::int64_t newest) {
    const std::int64_t end = std::min(beginOf(slot + 1, resolution), newest);
    return (beginOf(slot, resolution) + end) / 2;
}

/// The quantile by nearest rank, 0 < share <= 1, of at least one value; orders them anew.
[[nodiscard]] inline double nearestRank(std::vector<float>& values, double share) {
    const auto rank = static_cast<std::size_t>(
        std::max(1.0, std::ceil(share * static_cast<double>(values.size()))));
    const auto wanted = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(values.begin(), wanted, values.end());
    return double(*wanted);
}

} // namespace models
