// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

namespace models {

/// The time at which a line takes part in a merge, in nanoseconds.
struct MergeKey {
    std::int64_t key = 0;
    bool wasSetBack = false; ///< the clock: the new time holds from there on

    bool operator==(const MergeKey&) const = default;
};

/// Of a line with this time (0: none) behind one that took part at `last` (0: it is the first).
/// Never before that one, unless the clock was set back by more than the window. A single stamp
/// that jumps ahead by more than the window, and back again in the line behind it, counts for
/// nothing: `following` gives that line's time, 0 for none, and is asked only where it matters.
template <class Following>
[[nodiscard]] MergeKey mergeKey(std::int64_t time, std::int64_t last, std::int64_t window,
                                const Following& following) {
    if (time != 0 && last - time > window)
        return {time, true};
    if (last != 0 && time - last > window) {
        const std::int64_t next = following();
        if (next != 0 && time - next > window && last - next <= window)
            return {last, false};
    }
    return {std::max(time, last), false};
}

} // namespace models
