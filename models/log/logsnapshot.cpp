// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logsnapshot.h"

#include <algorithm>

namespace models {

namespace {

constexpr auto groupSize = static_cast<std::int64_t>(ChunkGroup::size);

} // namespace

const ChunkGroup& LogSnapshot::group(std::int64_t chunk) const {
    return *m_groups[static_cast<size_t>(chunk / groupSize - m_firstGroup)];
}

const std::shared_ptr<const LogChunk>& LogSnapshot::chunkPointer(std::int64_t index) const {
    return group(index).chunks[static_cast<size_t>(index % groupSize)];
}

const LogChunk& LogSnapshot::chunk(std::int64_t index) const {
    return index < m_endChunk ? *chunkPointer(index) : *m_last;
}

/// The first sealed chunk for which before(group, index in it) does not hold.
template <class Before>
std::int64_t LogSnapshot::partition(Before before) const {
    std::int64_t low = m_firstChunk;
    std::int64_t high = m_endChunk;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (before(group(middle), static_cast<size_t>(middle % groupSize)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::int64_t LogSnapshot::chunkOf(std::int64_t line) const {
    if (m_last && line >= m_last->summary().firstLine)
        return m_endChunk;
    return partition([line](const ChunkGroup& group, size_t index) {
               return group.firstLines[index] <= line;
           }) -
           1;
}

const MarkerMap& LogSnapshot::markers() const {
    static const MarkerMap none;
    return m_markers == nullptr ? none : *m_markers;
}

const LogMarker* LogSnapshot::marker(std::int64_t line) const {
    if (m_markers == nullptr)
        return nullptr;
    const auto found = m_markers->find(line);
    return found == m_markers->end() ? nullptr : &found->second;
}

std::int64_t LogSnapshot::lineAt(Instant time) const {
    const std::int64_t wanted = std::max<std::int64_t>(time.nanoseconds, 1);
    const std::int64_t index = partition(
        [wanted](const ChunkGroup& group, size_t at) { return group.latestSoFar[at] < wanted; });
    if (index == endChunk())
        return m_lineCount;
    const LogChunk& found = chunk(index);
    const std::shared_ptr<const Columns> columns = found.columns();
    if (columns == nullptr)
        return found.summary().firstLine;
    const std::int64_t line = found.summary().firstLine + columns->firstAtOrAfter(wanted);
    return std::min(line, m_lineCount);
}

} // namespace models
