// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QByteArray>

#include <chrono>
#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace models {

/// When each of many checks is due. Each has a time of its own within its cadence, which its key
/// decides, so that they do not come in bursts. One check at a time of each: what is under way when
/// it is due again is left out. No clock.
class ProbeSchedule {
public:
    struct Check {
        std::size_t number = 0;
        Instant due;

        bool operator==(const Check&) const = default;
    };

    /// Adds a check whose first time is soon, and returns its number. They count from 0.
    std::size_t add(const QByteArray& key, std::chrono::milliseconds every, Instant now);
    void clear();

    /// Those that are due, which are under way from now on.
    [[nodiscard]] std::vector<Check> take(Instant now);
    /// It is under way from now on, although it is not due.
    void takeEarly(std::size_t number);
    /// It is no more under way; it is due at the next of its times after now.
    void finish(std::size_t number, Instant now);
    /// The next time at which there is something to take; a null instant for never.
    [[nodiscard]] Instant next() const;

private:
    struct Entry {
        std::int64_t every = 0; ///< ns
        std::int64_t phase = 0; ///< ns, within every
    };

    std::vector<Entry> m_entries;
    std::set<std::pair<std::int64_t, std::size_t>> m_due;
};

} // namespace models
