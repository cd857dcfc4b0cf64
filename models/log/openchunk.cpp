// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/openchunk.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace models {

void OpenChunk::begin(std::shared_ptr<char> room, size_t size) {
    clear();
    m_text = std::move(room);
    m_room = size;
}

void OpenChunk::clear() {
    m_columns.clear();
    m_text.reset();
    m_room = 0;
    m_textSize = 0;
    m_summary = {};
    m_untimed = 0;
}

void OpenChunk::add(const KeptLine& line) {
    const auto size = static_cast<size_t>(line.text.size());
    const auto start = static_cast<std::uint32_t>(m_textSize);
    char* const at = m_text.get() + m_textSize;
    if (size > 0 && at != line.text.data()) // a marker has no text at all
        std::memmove(at, line.text.data(), size);
    at[size] = '\n';
    m_textSize += size + 1;
    if (line.flags != 0)
        m_columns.odd.push_back(lineCount() << 2 | line.flags);
    if (line.escapes != nullptr) {
        const auto sequences = static_cast<std::uint32_t>(m_columns.sequences.size());
        for (const auto& [position, end] : line.escapes->escapes)
            m_columns.escapes.emplace_back(start + position, sequences + end);
        m_columns.sequences += line.escapes->sequences;
    }
    m_untimed += line.time == 0 && m_untimed == lineCount() ? 1 : 0;
    m_columns.starts.push_back(start);
    m_columns.times.push_back(line.time);
    m_columns.tags.push_back(line.tag);
    ++m_summary.levels[line.tag & 7];
    noteTime(line.time);
}

void OpenChunk::noteTime(std::int64_t time) {
    if (time == 0)
        return;
    m_summary.earliest = m_summary.earliest == 0 ? time : std::min(m_summary.earliest, time);
    m_summary.latest = std::max(m_summary.latest, time);
}

void OpenChunk::timeFirst(std::int64_t time) {
    std::fill_n(m_columns.times.begin(), m_untimed, time);
    if (m_untimed > 0)
        noteTime(time);
    m_untimed = 0;
}

OpenChunk::Parts OpenChunk::parts(ColumnMemory* memory) const {
    Parts parts{m_summary, m_text, nullptr};
    parts.summary.lineCount = lineCount();
    parts.summary.textSize = static_cast<std::uint32_t>(m_textSize);
    parts.columns =
        std::make_shared<const Columns>(Columns::pack(m_columns, parts.summary.textSize, memory));
    return parts;
}

} // namespace models
