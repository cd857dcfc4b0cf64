// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logblock.h"

#include <utility>

namespace models {

OpenChunk::Parts LogBlock::parts(std::int64_t timeBefore) {
    if (m_untimed && timeBefore != 0) {
        if (m_lastTime == 0)
            m_lastTime = timeBefore;
        m_untimed->timeFirst(timeBefore);
        m_parts = m_untimed->parts();
    }
    m_untimed.reset();
    return std::exchange(m_parts, {});
}

LogBlockMaker::LogBlockMaker(LogPrefix prefix)
    : m_joiner(prefix, *this) {}

LogBlock LogBlockMaker::make(std::shared_ptr<char> room, QByteArrayView lines, LogChannel channel) {
    const auto size = static_cast<size_t>(lines.data() + lines.size() - room.get());
    m_chunk.begin(std::move(room), size);
    m_joiner.append(channel, lines);
    LogBlock block;
    block.m_parts = m_chunk.parts(&m_memory);
    block.m_lastTime = m_chunk.lastTime();
    if (m_chunk.untimed() > 0)
        block.m_untimed = m_chunk;
    m_chunk.clear();
    return block;
}

void LogBlockMaker::take(LogChannel channel, const JoinedLine& joined) {
    KeptLine line = m_reading.read(channel, joined);
    if (line.time == 0)
        line.time = m_chunk.lastTime();
    m_chunk.add(line);
}

} // namespace models
