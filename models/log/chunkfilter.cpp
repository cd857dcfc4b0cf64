// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/bytescan.h"
#include "models/log/logfilter.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace models {

namespace {

/// Below one line in so many, lines are matched one by one instead of all at once.
constexpr size_t sparse = 16;

void linesAt(const std::vector<std::uint32_t>& offsets, const OpenedChunk& chunk,
             std::vector<std::uint32_t>& lines) {
    const Columns& columns = *chunk.columns;
    const std::uint32_t lastStep = (columns.lineCount() - 1) / Columns::startStep;
    std::uint32_t step = 0;
    std::uint32_t from = 0; // where line `line` begins, or a later byte of it
    std::uint32_t line = 0;
    for (const std::uint32_t offset : offsets) {
        std::uint32_t next = step;
        while (next < lastStep && columns.stepStart(next + 1) <= offset)
            ++next;
        if (next != step) {
            step = next;
            from = columns.stepStart(step);
            line = step * Columns::startStep;
        }
        line += static_cast<std::uint32_t>(countFeeds(chunk.text.sliced(from, offset - from)));
        from = offset;
        lines.push_back(line);
    }
}

enum class Share { None, Some, All };

/// How many of the chunk's lines are within these times.
Share shareOf(const std::optional<LogFilter::TimeRange>& times, const LogSummary& summary) {
    if (!times)
        return Share::All;
    const bool isBefore = summary.latest < times->from.nanoseconds;
    const bool isBehind = !times->to.isNull() && summary.earliest >= times->to.nanoseconds;
    if (isBefore || isBehind)
        return Share::None;
    return times->holds({summary.earliest}) && times->holds({summary.latest}) ? Share::All
                                                                              : Share::Some;
}

std::vector<std::unique_ptr<LineScan>>
scansOf(const std::vector<std::shared_ptr<const LogMatcher>>& matchers) {
    std::vector<std::unique_ptr<LineScan>> scans;
    for (const std::shared_ptr<const LogMatcher>& matcher : matchers)
        scans.push_back(std::make_unique<LineScan>(matcher));
    return scans;
}

} // namespace

ChunkFilter::ChunkFilter(std::shared_ptr<const CompiledFilter> filter)
    : m_filter(std::move(filter))
    , m_included(scansOf(m_filter->included()))
    , m_excluded(scansOf(m_filter->excluded())) {}

/// Lines from about `from` on: a few before it may be among them.
void ChunkFilter::scan(LineScan& scan, const OpenedChunk& chunk, std::uint32_t from, Lines& lines) {
    m_offsets.clear();
    const std::uint32_t start = chunk.columns->stepStart(from / Columns::startStep);
    scan.scan(chunk.text.sliced(start), m_offsets);
    for (std::uint32_t& offset : m_offsets)
        offset += start;
    linesAt(m_offsets, chunk, lines);
}

/// Keeps those of m_lines that match, or the others.
void ChunkFilter::narrow(LineScan& lineScan, const LogMatcher& matcher, const OpenedChunk& chunk,
                         Keep keep) {
    if (m_lines.size() < chunk.summary.lineCount / sparse) {
        std::erase_if(m_lines, [&](std::uint32_t line) {
            return matcher.matches(chunk.lineText(line)) != (keep == Keep::Matching);
        });
        return;
    }
    m_others.clear();
    scan(lineScan, chunk, m_lines.front(), m_others);
    m_narrowed.clear();
    if (keep == Keep::Matching)
        std::set_intersection(m_lines.begin(), m_lines.end(), m_others.begin(), m_others.end(),
                              std::back_inserter(m_narrowed));
    else
        std::set_difference(m_lines.begin(), m_lines.end(), m_others.begin(), m_others.end(),
                            std::back_inserter(m_narrowed));
    std::swap(m_lines, m_narrowed);
}

/// Keeps those of m_lines whose time is wanted. A line without one has that of the line before it.
void ChunkFilter::narrowToTimes(const OpenedChunk& chunk) {
    std::array<std::int64_t, Columns::timeStep> block;
    m_times.clear();
    std::int64_t last = chunk.summary.earliest;
    for (std::uint32_t line = 0; line < chunk.summary.lineCount; line += Columns::timeStep) {
        const std::uint32_t count = chunk.columns->times(line / Columns::timeStep, block);
        for (std::uint32_t i = 0; i < count; ++i)
            m_times.push_back(last = block[i] != 0 ? block[i] : last);
    }
    std::erase_if(m_lines,
                  [&](std::uint32_t line) { return !m_filter->times()->holds({m_times[line]}); });
}

/// Without its text where nothing is matched with it.
Result<OpenedChunk> ChunkFilter::open(const LogChunk& chunk) {
    if (m_included.empty() && m_excluded.empty()) {
        if (std::shared_ptr<const Columns> columns = chunk.columns())
            return OpenedChunk{chunk.summary(), {}, std::move(columns), {}};
    }
    return chunk.open(m_scratch);
}

/// Makes m_lines those from `first` on that have a wanted level and the first text.
void ChunkFilter::begin(const OpenedChunk& chunk, std::uint32_t first, Levels levels) {
    m_lines.clear();
    if (m_included.empty()) {
        chunk.columns->linesOf(m_filter->levels(), m_lines);
    } else {
        scan(*m_included.front(), chunk, first, m_lines);
        if (levels == Levels::Some)
            std::erase_if(m_lines, [&](std::uint32_t line) {
                return (m_filter->levels() >> (chunk.columns->tag(line) & 7) & 1) == 0;
            });
    }
    m_lines.erase(m_lines.begin(), std::lower_bound(m_lines.begin(), m_lines.end(), first));
}

std::optional<Error> ChunkFilter::run(const LogChunk& chunk, std::int64_t from,
                                      std::vector<std::int64_t>& lines) {
    const LogSummary& summary = chunk.summary();
    std::uint32_t ofLevels = 0;
    for (unsigned level = 0; level < logLevelCount; ++level)
        ofLevels += (m_filter->levels() >> level & 1) != 0 ? summary.levels[level] : 0;
    const Share ofTimes = shareOf(m_filter->times(), summary);
    if (ofLevels == 0 || ofTimes == Share::None || from >= summary.endLine())
        return std::nullopt;
    const Result<OpenedChunk> opened = open(chunk);
    if (!opened)
        return opened.error();
    begin(*opened, static_cast<std::uint32_t>(std::max<std::int64_t>(from - summary.firstLine, 0)),
          ofLevels == summary.lineCount ? Levels::All : Levels::Some);
    if (ofTimes == Share::Some)
        narrowToTimes(*opened);
    for (size_t i = 1; i < m_included.size() && !m_lines.empty(); ++i)
        narrow(*m_included[i], *m_filter->included()[i], *opened, Keep::Matching);
    for (size_t i = 0; i < m_excluded.size() && !m_lines.empty(); ++i)
        narrow(*m_excluded[i], *m_filter->excluded()[i], *opened, Keep::Others);
    if (lines.empty())
        lines.reserve(m_lines.size());
    for (const std::uint32_t line : m_lines)
        lines.push_back(summary.firstLine + line);
    return std::nullopt;
}

} // namespace models
