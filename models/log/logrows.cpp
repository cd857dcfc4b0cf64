// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logrows.h"

#include <algorithm>

namespace models {

namespace {

/// Rows that are looked at for one with a time, or for the next of a source.
constexpr std::int64_t farthestNeighbour = 256;

} // namespace

std::int64_t LogRows::size() const {
    return m_isWhole ? m_snapshots.front().lineCount() : static_cast<std::int64_t>(m_lines.size());
}

MergedLine LogRows::line(std::int64_t row) const {
    return m_isWhole ? MergedLine::of(0, row) : m_lines[static_cast<size_t>(row)];
}

std::uint8_t LogRows::marksOf(std::int64_t row) const {
    return m_marks.empty() ? std::uint8_t{Plain} : m_marks[static_cast<size_t>(row)];
}

bool LogRows::isParted(std::int64_t row) const {
    if (row == 0 || (marksOf(row) & Begins) == 0)
        return false;
    const std::uint32_t before = line(row - 1).source();
    const std::int64_t last = std::min(size(), row + farthestNeighbour);
    for (std::int64_t next = row; next < last; ++next) {
        if (line(next).source() == before)
            return (marksOf(next) & Begins) != 0;
    }
    return true;
}

std::int64_t LogRows::rowAt(Instant time, std::int64_t first) const {
    if (m_isWhole)
        return std::max(first, m_snapshots.front().lineAt(time));
    RowColumns columns(*this);
    std::int64_t begin = first;
    std::int64_t end = size();
    while (begin < end) {
        const std::int64_t middle = begin + (end - begin) / 2;
        std::int64_t known = columns.of(line(middle)).time;
        const std::int64_t least = std::max(first, middle - farthestNeighbour);
        for (std::int64_t row = middle - 1; known == 0 && row >= least; --row)
            known = columns.of(line(row)).time;
        if (known < time.nanoseconds)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

RowColumns::RowColumns(const LogRows& rows)
    : m_rows(rows)
    , m_places(rows.snapshots().size()) {}

RowColumns::Facts RowColumns::of(const MergedLine& merged) {
    Place& place = m_places[merged.source()];
    const std::int64_t line = merged.line();
    if (line < place.first || line >= place.end) {
        const LogSnapshot& snapshot = m_rows.snapshots()[merged.source()];
        if (line < snapshot.firstLine())
            return {}; // went past the budget
        const LogChunk& chunk = snapshot.chunk(snapshot.chunkOf(line));
        place.columns = chunk.columns();
        place.first = chunk.summary().firstLine;
        place.end = chunk.summary().endLine();
        place.block = -1;
    }
    if (place.columns == nullptr)
        return {};
    const auto local = static_cast<std::uint32_t>(line - place.first);
    const std::uint32_t block = local / Columns::timeStep;
    if (place.block != block) {
        (void)place.columns->times(block, place.times);
        place.block = block;
    }
    return {place.times[local % Columns::timeStep], place.columns->level(local)};
}

} // namespace models
