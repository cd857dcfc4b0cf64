// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/loghistogram.h"

#include <algorithm>

namespace models {

namespace {

class Buckets {
public:
    Buckets(Instant from, Instant to, int count)
        : m_from(from.nanoseconds)
        , m_to(to.nanoseconds) {
        const std::int64_t span = std::max<std::int64_t>(m_to - m_from, 1);
        m_histogram.start = from;
        m_histogram.bucketLength = (span + count - 1) / count;
        m_histogram.buckets.resize(static_cast<size_t>(count));
    }

    [[nodiscard]] bool takes(std::int64_t time) const {
        return time >= m_from && time < m_to && time != 0;
    }
    [[nodiscard]] size_t bucketOf(std::int64_t time) const {
        return static_cast<size_t>((time - m_from) / m_histogram.bucketLength);
    }
    void add(std::int64_t time, LogLevel level) {
        if (takes(time))
            ++m_histogram.buckets[bucketOf(time)][static_cast<size_t>(level)];
    }
    /// Adds all lines of a chunk at a time.
    void add(std::int64_t time, const LevelCounts& levels) {
        LevelCounts& bucket = m_histogram.buckets[bucketOf(time)];
        for (size_t level = 0; level < levels.size(); ++level)
            bucket[level] += levels[level];
    }
    [[nodiscard]] LogHistogram result() && { return std::move(m_histogram); }

    void addChunk(const LogChunk& chunk) {
        const LogSummary& summary = chunk.summary();
        if (summary.earliest >= m_to || summary.latest < m_from || summary.latest == 0)
            return;
        const bool isWithin = takes(summary.earliest) && takes(summary.latest);
        const bool isOne = isWithin && bucketOf(summary.earliest) == bucketOf(summary.latest);
        const std::shared_ptr<const Columns> columns = isOne ? nullptr : chunk.columns();
        if (columns == nullptr) {
            // Lines without a time of their own are counted with the rest of their chunk.
            if (takes(summary.earliest))
                add(summary.earliest, summary.levels);
            return;
        }
        std::array<std::int64_t, Columns::timeStep> times;
        for (std::uint32_t line = 0; line < columns->lineCount(); line += Columns::timeStep) {
            const std::uint32_t count = columns->times(line / Columns::timeStep, times);
            for (std::uint32_t i = 0; i < count; ++i)
                add(times[i], columns->level(line + i));
        }
    }

private:
    std::int64_t m_from;
    std::int64_t m_to;
    LogHistogram m_histogram;
};

} // namespace

LogHistogram histogram(const QList<LogSnapshot>& snapshots, Instant from, Instant to, int buckets) {
    Buckets counted(from, to, buckets);
    for (const LogSnapshot& snapshot : snapshots) {
        for (std::int64_t chunk = snapshot.firstChunk(); chunk < snapshot.endChunk(); ++chunk)
            counted.addChunk(snapshot.chunk(chunk));
    }
    return std::move(counted).result();
}

LogHistogram histogram(const LogRows& rows, Instant from, Instant to, int buckets) {
    Buckets counted(from, to, buckets);
    RowColumns columns(rows);
    for (std::int64_t row = 0; row < rows.size(); ++row) {
        if (rows.isContext(row))
            continue;
        const RowColumns::Facts facts = columns.of(rows.line(row));
        counted.add(facts.time, facts.level);
    }
    return std::move(counted).result();
}

std::pair<Instant, Instant> timeRange(const QList<LogSnapshot>& snapshots) {
    std::pair<Instant, Instant> range;
    for (const LogSnapshot& snapshot : snapshots) {
        for (std::int64_t chunk = snapshot.firstChunk(); chunk < snapshot.endChunk(); ++chunk) {
            const LogSummary& summary = snapshot.chunk(chunk).summary();
            if (summary.latest == 0)
                continue;
            if (range.first.isNull() || summary.earliest < range.first.nanoseconds)
                range.first = Instant{summary.earliest};
            range.second = std::max(range.second, Instant{summary.latest});
        }
    }
    return range;
}

} // namespace models
