// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logstore.h"

#include "models/log/loglevel.h"
#include "models/log/logstamp.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace models {

namespace {

/// Lines of a chunk at most: a snapshot packs the columns of the open one each time.
constexpr size_t maximumLines = 8'192;
constexpr size_t maximumEscapes = 4 * maximumLines;
constexpr std::uint8_t secondChannel = 8;

} // namespace

LogStore::LogStore(LogPrefix prefix, LogBudget budget, std::shared_ptr<TextPool> pool,
                   std::shared_ptr<LogSpill> spill)
    : m_joiner(prefix, *this)
    , m_budget(budget)
    , m_pool(pool ? std::move(pool) : TextPool::make())
    , m_spill(std::move(spill)) {}

void LogStore::append(LogChannel channel, QByteArrayView bytes, Instant arrived) {
    m_arrived = arrived;
    m_joiner.append(channel, bytes);
}

void LogStore::mark(const LogMarker& marker) {
    m_joiner.finish();
    if (m_markers.use_count() > 1)
        m_markers = std::make_shared<MarkerMap>(*m_markers); // a snapshot has the other
    m_markers->emplace(lineCount(), marker);
    addLine({}, marker.time().isNull() ? m_lastTime : marker.time().nanoseconds, 0, Marked);
}

void LogStore::finish() {
    m_joiner.finish();
}

LogLine LogStore::line(std::int64_t line) const {
    m_reader.setSnapshot(snapshot());
    return m_reader.line(line);
}

std::int64_t LogStore::openLines() const {
    return static_cast<std::int64_t>(m_columns.starts.size());
}

std::int64_t LogStore::memory() const {
    return m_memory + static_cast<std::int64_t>(m_textSize);
}

LogSnapshot LogStore::snapshot() const {
    const bool isSame = m_snapshot.m_lineCount == lineCount() &&
                        m_snapshot.m_firstLine == firstLine() &&
                        m_snapshot.m_groups == m_sealed.m_groups;
    if (!isSame) {
        m_snapshot = m_sealed;
        m_snapshot.m_lineCount = lineCount();
        m_snapshot.m_last = openLines() > 0 ? openChunk() : nullptr;
        m_snapshot.m_markers = m_markers;
    }
    return m_snapshot;
}

/// What is open, as far as it is filled. Its text grows behind what is shared.
std::shared_ptr<const LogChunk> LogStore::openChunk() const {
    LogSummary summary = m_summary;
    summary.firstLine = m_firstOpenLine;
    summary.lineCount = static_cast<std::uint32_t>(openLines());
    summary.textSize = static_cast<std::uint32_t>(m_textSize);
    summary.latestSoFar = m_latestSoFar;
    return std::make_shared<const LogChunk>(
        summary, m_text,
        std::make_shared<const Columns>(Columns::pack(m_columns, summary.textSize)));
}

void LogStore::take(LogChannel channel, const JoinedLine& joined) {
    QByteArrayView text = joined.text;
    m_stripped.escapes.clear();
    if (joined.isSpecial) {
        stripEscapes(joined.text, m_stripped);
        text =
            QByteArrayView(m_stripped.text.data(), static_cast<qsizetype>(m_stripped.text.size()));
    }
    const auto level = static_cast<std::uint8_t>(recogniseLevel(text));
    const std::uint8_t tag = level | (channel == LogChannel::Stderr ? secondChannel : 0);
    addLine(text, timeOf(joined, text), tag, joined.continues ? std::uint32_t{Continues} : 0);
}

std::int64_t LogStore::timeOf(const JoinedLine& joined, QByteArrayView text) const {
    if (!joined.time.isNull())
        return joined.time.nanoseconds - m_ahead;
    if (const Instant own = leadingStamp(text).time; !own.isNull())
        return own.nanoseconds - m_ahead;
    return m_arrived.isNull() ? m_lastTime : m_arrived.nanoseconds;
}

void LogStore::addLine(QByteArrayView text, std::int64_t time, std::uint8_t tag,
                       std::uint32_t flags) {
    const auto size = static_cast<size_t>(text.size());
    makeRoom(size + 1);
    const auto start = static_cast<std::uint32_t>(m_textSize);
    if (size > 0) // a marker has no text at all
        std::memcpy(m_text.get() + m_textSize, text.data(), size);
    m_text.get()[m_textSize + size] = '\n';
    m_textSize += size + 1;
    if (flags != 0)
        m_columns.odd.push_back(static_cast<std::uint32_t>(openLines()) << 2 | flags);
    const auto sequences = static_cast<std::uint32_t>(m_columns.sequences.size());
    for (const auto& [position, end] : m_stripped.escapes)
        m_columns.escapes.emplace_back(start + position, sequences + end);
    if (!m_stripped.escapes.empty())
        m_columns.sequences += m_stripped.sequences;
    m_stripped.escapes.clear();
    m_columns.starts.push_back(start);
    m_columns.times.push_back(time);
    m_columns.tags.push_back(tag);
    ++m_summary.levels[tag & 7];
    m_lastTime = time;
    if (time == 0)
        return;
    m_summary.earliest = m_summary.earliest == 0 ? time : std::min(m_summary.earliest, time);
    m_summary.latest = std::max(m_summary.latest, time);
    m_latestSoFar = std::max(m_latestSoFar, time);
}

void LogStore::makeRoom(size_t textSize) {
    const size_t lines = m_columns.starts.size();
    if (m_textSize + textSize <= m_room && lines < maximumLines &&
        m_columns.escapes.size() < maximumEscapes)
        return;
    if (lines > 0)
        seal();
    m_room = std::max(textSize, TextPool::textSize);
    // Most streams are quiet: their first chunk takes no more memory than they have lines.
    m_text = m_pool->take(m_room, m_sealed.m_endChunk > 0 ? TextPool::Pages::AtOnce
                                                          : TextPool::Pages::AsTouched);
}

void LogStore::seal() {
    const std::shared_ptr<const LogChunk> chunk = openChunk();
    replace(m_sealed.m_endChunk, chunk);
    ++m_sealed.m_endChunk;
    account(*chunk, 1);
    m_firstOpenLine = chunk->summary().endLine();
    m_sealed.m_lineCount = m_firstOpenLine;
    m_columns.clear();
    m_text.reset();
    m_textSize = 0;
    m_summary = {};
    dropPastBudget();
}

/// Puts a chunk at its place; snapshots keep the group that they have.
void LogStore::replace(std::int64_t index, std::shared_ptr<const LogChunk> chunk) {
    const auto groupSize = static_cast<std::int64_t>(ChunkGroup::size);
    const auto at = static_cast<size_t>(index / groupSize - m_sealed.m_firstGroup);
    const bool isNew = at == m_sealed.m_groups.size();
    auto group = isNew ? std::make_shared<ChunkGroup>()
                       : std::make_shared<ChunkGroup>(*m_sealed.m_groups[at]);
    const auto slot = static_cast<size_t>(index % groupSize);
    group->firstLines[slot] = chunk->summary().firstLine;
    group->latestSoFar[slot] = chunk->summary().latestSoFar;
    group->chunks[slot] = std::move(chunk);
    // What only this thread looked at must not hold the form that was replaced.
    m_snapshot = {};
    m_reader.setSnapshot({});
    if (isNew)
        m_sealed.m_groups.push_back(std::move(group));
    else
        m_sealed.m_groups[at] = std::move(group);
}

void LogStore::account(const LogChunk& chunk, int sign) {
    m_rawText += chunk.form() == LogChunk::Form::Raw ? sign * chunk.textMemory() : 0;
    m_memory += sign * chunk.memory();
    m_spilled += sign * chunk.spilledSize();
}

} // namespace models
