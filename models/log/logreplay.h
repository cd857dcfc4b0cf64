// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logmerge.h"
#include "models/log/logsnapshot.h"

#include <cstdint>
#include <memory>
#include <queue>
#include <vector>

namespace models {

/// The lines of some snapshots one after the other, in the order in which a LogMerge has them that
/// gets them all at once. Keeps the columns of one chunk of each at hand, however many there are.
/// One thread.
class LogReplay {
public:
    explicit LogReplay(const std::vector<LogSnapshot>& snapshots,
                       std::int64_t windowNanoseconds = 2'000'000'000);
    ~LogReplay();
    LogReplay(const LogReplay&) = delete;
    LogReplay& operator=(const LogReplay&) = delete;

    /// False at the end.
    [[nodiscard]] bool next(MergedLine& line);

private:
    class Cursor;

    /// The line at which a source is; the next one has the least time, of equal ones the first.
    struct Turn {
        std::int64_t key = 0;
        std::uint32_t source = 0;
        auto operator<=>(const Turn&) const = default;
    };

    std::vector<std::unique_ptr<Cursor>> m_cursors;
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> m_turns;
};

} // namespace models
