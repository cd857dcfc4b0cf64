// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logreplay.h"

#include "models/log/mergekey.h"

#include <array>

namespace models {

/// Walks along one source and tells at what time each line takes part: see LogMerge.
class LogReplay::Cursor {
public:
    Cursor(LogSnapshot snapshot, std::int64_t window)
        : m_snapshot(std::move(snapshot))
        , m_window(window)
        , m_line(m_snapshot.firstLine()) {
        if (!isAtEnd()) {
            m_following = timeOf(m_line);
            setKey();
        }
    }

    [[nodiscard]] bool isAtEnd() const { return m_line >= m_snapshot.lineCount(); }
    [[nodiscard]] std::int64_t line() const { return m_line; }
    [[nodiscard]] std::int64_t key() const { return m_key; }

    void advance() {
        ++m_line;
        if (!isAtEnd())
            setKey();
    }

private:
    void setKey() {
        const std::int64_t time = m_following;
        m_following = m_line + 1 < m_snapshot.lineCount() ? timeOf(m_line + 1) : 0;
        m_key = mergeKey(time, m_key, m_window, [this] { return m_following; }).key;
    }

    [[nodiscard]] std::int64_t timeOf(std::int64_t line) {
        if (line >= m_chunkEnd) {
            const LogChunk& chunk = m_snapshot.chunk(m_snapshot.chunkOf(line));
            m_columns = chunk.columns();
            m_chunkStart = chunk.summary().firstLine;
            m_chunkEnd = chunk.summary().endLine();
            m_blockEnd = m_chunkStart;
        }
        if (m_columns == nullptr)
            return 0; // cannot be read back: at the time of the line before
        if (line >= m_blockEnd) {
            const auto block = static_cast<std::uint32_t>(line - m_chunkStart) / Columns::timeStep;
            m_blockStart = m_chunkStart + block * Columns::timeStep;
            m_blockEnd = m_blockStart + m_columns->times(block, m_times);
        }
        return m_times[static_cast<size_t>(line - m_blockStart)];
    }

    LogSnapshot m_snapshot;
    std::int64_t m_window;
    std::int64_t m_line;
    std::int64_t m_key = 0;
    std::int64_t m_following = 0; ///< time of the line that comes next
    std::shared_ptr<const Columns> m_columns;
    std::int64_t m_chunkStart = 0;
    std::int64_t m_chunkEnd = 0;
    std::int64_t m_blockStart = 0;
    std::int64_t m_blockEnd = 0;
    std::array<std::int64_t, Columns::timeStep> m_times{};
};

LogReplay::LogReplay(const std::vector<LogSnapshot>& snapshots, std::int64_t windowNanoseconds) {
    for (const LogSnapshot& snapshot : snapshots) {
        const auto source = static_cast<std::uint32_t>(m_cursors.size());
        m_cursors.push_back(std::make_unique<Cursor>(snapshot, windowNanoseconds));
        if (!m_cursors.back()->isAtEnd())
            m_turns.push({m_cursors.back()->key(), source});
    }
}

LogReplay::~LogReplay() = default;

bool LogReplay::next(MergedLine& line) {
    if (m_turns.empty())
        return false;
    const std::uint32_t source = m_turns.top().source;
    m_turns.pop();
    Cursor& cursor = *m_cursors[source];
    line = MergedLine::of(source, cursor.line());
    cursor.advance();
    if (!cursor.isAtEnd())
        m_turns.push({cursor.key(), source});
    return true;
}

} // namespace models
