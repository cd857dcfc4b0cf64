// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logchunk.h"
#include "models/log/logline.h"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace models {

/// Consecutive chunks, with what is searched by binary search side by side.
struct ChunkGroup {
    static constexpr size_t size = 64;

    std::array<std::int64_t, size> firstLines{};
    std::array<std::int64_t, size> latestSoFar{};
    std::array<std::shared_ptr<const LogChunk>, size> chunks;
};

/// Markers by the line number that they take.
using MarkerMap = std::map<std::int64_t, LogMarker>;

/// The lines that a store had at one moment. A cheap value: copies share the chunks. Any thread;
/// a copy for each. Lines that went past the budget since are still here.
class LogSnapshot {
public:
    [[nodiscard]] std::int64_t firstLine() const { return m_firstLine; }
    [[nodiscard]] std::int64_t lineCount() const { return m_lineCount; }

    /// Chunks are counted from 0 for good, too.
    [[nodiscard]] std::int64_t firstChunk() const { return m_firstChunk; }
    [[nodiscard]] std::int64_t endChunk() const { return m_endChunk + (m_last ? 1 : 0); }
    [[nodiscard]] const LogChunk& chunk(std::int64_t index) const;
    /// The chunk of this line, which has to be one of firstLine() to lineCount() - 1.
    [[nodiscard]] std::int64_t chunkOf(std::int64_t line) const;
    /// The marker that has this line; null where a line has it.
    [[nodiscard]] const LogMarker* marker(std::int64_t line) const;
    /// All there are, by their line.
    [[nodiscard]] const MarkerMap& markers() const;

    /// The first line with this time or a later one; lineCount() where there is none.
    [[nodiscard]] std::int64_t lineAt(Instant time) const;

private:
    friend class LogStore;

    [[nodiscard]] const ChunkGroup& group(std::int64_t chunk) const;
    /// Of a sealed one.
    [[nodiscard]] const std::shared_ptr<const LogChunk>& chunkPointer(std::int64_t index) const;
    template <class Before>
    [[nodiscard]] std::int64_t partition(Before before) const;

    std::vector<std::shared_ptr<const ChunkGroup>> m_groups; ///< from firstGroup on
    std::int64_t m_firstGroup = 0;
    std::int64_t m_firstChunk = 0;
    std::int64_t m_endChunk = 0; ///< of the sealed ones
    std::int64_t m_firstLine = 0;
    std::int64_t m_lineCount = 0;
    std::shared_ptr<const LogChunk> m_last; ///< of what is not sealed yet
    std::shared_ptr<const MarkerMap> m_markers;
};

} // namespace models
