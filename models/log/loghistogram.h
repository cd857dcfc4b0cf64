// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logrows.h"
#include "models/log/logsnapshot.h"

#include <QList>

#include <cstdint>
#include <vector>

namespace models {

/// Lines over time by level: buckets of the same length from start on.
struct LogHistogram {
    Instant start;
    std::int64_t bucketLength = 0; ///< nanoseconds
    std::vector<LevelCounts> buckets;
};

/// Counts the lines from `from` to before `to` in that many buckets. Chunks that lie in one bucket
/// are not opened. What cannot be read back is counted where its chunk begins.
[[nodiscard]] LogHistogram histogram(const QList<LogSnapshot>& snapshots, Instant from, Instant to,
                                     int buckets);
/// The same of rows, but for those that are context.
[[nodiscard]] LogHistogram histogram(const LogRows& rows, Instant from, Instant to, int buckets);

/// The earliest and the latest time of all lines; null where none has one.
[[nodiscard]] std::pair<Instant, Instant> timeRange(const QList<LogSnapshot>& snapshots);

} // namespace models
