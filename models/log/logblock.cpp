// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logblock.h"

#include <utility>

namespace models {

/// Fills a chunk whose text is written over the lines that it is made of: what is kept of a line is
/// never longer than the line was.
class LogBlock::Filling final : public LineSink {
public:
    explicit Filling(OpenChunk& chunk)
        : m_chunk(chunk) {}

    void take(LogChannel channel, const JoinedLine& joined) override {
        KeptLine line = m_reading.read(channel, joined);
        if (line.time == 0)
            line.time = m_chunk.lastTime();
        m_chunk.add(line);
    }

private:
    OpenChunk& m_chunk;
    LineReading m_reading;
};

LogBlock::LogBlock(std::shared_ptr<char> room, QByteArrayView lines, LogChannel channel,
                   LogPrefix prefix) {
    const auto size = static_cast<size_t>(lines.data() + lines.size() - room.get());
    OpenChunk chunk;
    chunk.begin(std::move(room), size);
    Filling filling(chunk);
    LineJoiner(prefix, filling).append(channel, lines);
    m_parts = chunk.parts();
    m_lastTime = chunk.lastTime();
    if (chunk.untimed() > 0)
        m_untimed = std::move(chunk);
}

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

} // namespace models
