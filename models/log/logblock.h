// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/linejoiner.h"
#include "models/log/openchunk.h"

#include <QByteArrayView>

#include <cstdint>
#include <memory>
#include <optional>

namespace models {

/// Whole lines that are read apart from the store that will take them. What costs most of taking a
/// log in is done here, on any thread and for many blocks at once; LogStore::append() only puts
/// them one behind the other.
class LogBlock {
public:
    /// lines: in the room, from which nobody else reads: it becomes the text of a chunk. They end
    /// with a line feed, and none is longer than LineJoiner::maximumLine.
    LogBlock(std::shared_ptr<char> room, QByteArrayView lines, LogChannel channel,
             LogPrefix prefix = LogPrefix::None);

    [[nodiscard]] std::uint32_t lineCount() const { return m_parts.summary.lineCount; }

private:
    friend class LogStore;
    class Filling;

    [[nodiscard]] std::int64_t lastTime() const { return m_lastTime; }
    /// The lines before the first with a time have this one; 0 for none.
    [[nodiscard]] OpenChunk::Parts parts(std::int64_t timeBefore);

    OpenChunk::Parts m_parts;
    std::int64_t m_lastTime = 0;
    /// Kept where the time of its first lines is that of a line before them.
    std::optional<OpenChunk> m_untimed;
};

} // namespace models
