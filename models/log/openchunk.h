// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/columns.h"
#include "models/log/linereading.h"
#include "models/log/logchunk.h"

#include <cstdint>
#include <memory>

namespace models {

/// A chunk while it is filled. One thread.
class OpenChunk {
public:
    /// What there is of it: what a LogChunk is made of, but for where it stands in its store.
    struct Parts {
        LogSummary summary; ///< without firstLine and latestSoFar
        std::shared_ptr<const char> text;
        std::shared_ptr<const Columns> columns;
    };

    /// Begins without a line, in a room for so many bytes.
    void begin(std::shared_ptr<char> room, size_t size);
    /// Has neither lines nor a room any more.
    void clear();

    [[nodiscard]] std::uint32_t lineCount() const {
        return static_cast<std::uint32_t>(m_columns.starts.size());
    }
    [[nodiscard]] size_t textSize() const { return m_textSize; }
    [[nodiscard]] size_t escapeCount() const { return m_columns.escapes.size(); }
    /// Whether a line fits in whose text is so long.
    [[nodiscard]] bool hasRoomFor(qsizetype size) const {
        return m_textSize + static_cast<size_t>(size) + 1 <= m_room;
    }

    /// There has to be room for it. Its text may lie in the room, behind all that was added.
    void add(const KeptLine& line);
    /// The time of the last line; 0 where it has none.
    [[nodiscard]] std::int64_t lastTime() const {
        return m_columns.times.empty() ? 0 : m_columns.times.back();
    }
    /// Lines at its beginning that have no time.
    [[nodiscard]] std::uint32_t untimed() const { return m_untimed; }
    /// Those have this one.
    void timeFirst(std::int64_t time);

    /// As far as it is filled. Its text may grow behind what is shared. Columns that are to last
    /// may come from a memory.
    [[nodiscard]] Parts parts(ColumnMemory* memory = nullptr) const;

private:
    void noteTime(std::int64_t time);

    std::shared_ptr<char> m_text;
    size_t m_room = 0;
    size_t m_textSize = 0;
    OpenColumns m_columns;
    LogSummary m_summary; ///< times and levels
    std::uint32_t m_untimed = 0;
};

} // namespace models
