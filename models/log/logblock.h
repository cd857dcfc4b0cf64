// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/linejoiner.h"
#include "models/log/linereading.h"
#include "models/log/openchunk.h"

#include <QByteArrayView>

#include <cstdint>
#include <memory>
#include <optional>

namespace models {

/// Whole lines that are read apart from the store that will take them: LogStore::append() only puts
/// such blocks one behind the other.
class LogBlock {
public:
    [[nodiscard]] std::uint32_t lineCount() const { return m_parts.summary.lineCount; }

private:
    friend class LogBlockMaker;
    friend class LogStore;

    LogBlock() = default;

    [[nodiscard]] std::int64_t lastTime() const { return m_lastTime; }
    /// The lines before the first with a time have this one; 0 for none.
    [[nodiscard]] OpenChunk::Parts parts(std::int64_t timeBefore);

    OpenChunk::Parts m_parts;
    std::int64_t m_lastTime = 0;
    /// Kept where the time of its first lines is that of a line before them.
    std::optional<OpenChunk> m_untimed;
};

/// Makes blocks, one after the other: what costs most of taking a log in is done here. One thread,
/// and as many of them as there are makers.
class LogBlockMaker final : private LineSink {
public:
    explicit LogBlockMaker(LogPrefix prefix = LogPrefix::None);

    /// lines: in the room, from which nobody else reads: it becomes the text of a chunk. They end
    /// with a line feed, and none is longer than LineJoiner::maximumLine.
    [[nodiscard]] LogBlock make(std::shared_ptr<char> room, QByteArrayView lines,
                                LogChannel channel);

private:
    void take(LogChannel channel, const JoinedLine& joined) override;

    // Kept from one block to the next with the memory that they have by then.
    LineJoiner m_joiner;
    LineReading m_reading;
    /// Its text is written over the lines that it is made of: what is kept of a line is never
    /// longer than the line was.
    OpenChunk m_chunk;
    ColumnMemory m_memory;
};

} // namespace models
