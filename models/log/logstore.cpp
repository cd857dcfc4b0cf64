// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logstore.h"

#include <algorithm>
#include <utility>

namespace models {

namespace {

/// Lines of a chunk at most: a snapshot packs the columns of the open one each time.
constexpr std::int64_t maximumLines = 8'192;
constexpr size_t maximumEscapes = 4 * maximumLines;

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

void LogStore::append(LogBlock block) {
    m_joiner.finish();
    if (openLines() > 0)
        seal();
    OpenChunk::Parts parts = block.parts(m_lastTime);
    if (parts.summary.lineCount == 0)
        return;
    m_lastTime = block.lastTime();
    m_latestSoFar = std::max(m_latestSoFar, parts.summary.latest);
    put(chunkOf(std::move(parts)));
}

void LogStore::mark(const LogMarker& marker) {
    m_joiner.finish();
    if (m_markers.use_count() > 1)
        m_markers = std::make_shared<MarkerMap>(*m_markers); // a snapshot has the other
    m_markers->emplace(lineCount(), marker);
    addLine({{}, marker.time().isNull() ? m_lastTime : marker.time().nanoseconds, 0, Marked});
}

void LogStore::finish() {
    m_joiner.finish();
}

LogLine LogStore::line(std::int64_t line) const {
    m_reader.setSnapshot(snapshot());
    return m_reader.line(line);
}

std::int64_t LogStore::memory() const {
    return m_memory + static_cast<std::int64_t>(m_open.textSize());
}

LogSnapshot LogStore::snapshot() const {
    const bool isSame = m_snapshot.m_lineCount == lineCount() &&
                        m_snapshot.m_firstLine == firstLine() &&
                        m_snapshot.m_groups == m_sealed.m_groups;
    if (!isSame) {
        m_snapshot = m_sealed;
        m_snapshot.m_lineCount = lineCount();
        m_snapshot.m_last = openLines() > 0 ? chunkOf(m_open.parts()) : nullptr;
        m_snapshot.m_markers = m_markers;
    }
    return m_snapshot;
}

/// The chunk behind all that are sealed.
std::shared_ptr<const LogChunk> LogStore::chunkOf(OpenChunk::Parts parts) const {
    parts.summary.firstLine = m_firstOpenLine;
    parts.summary.latestSoFar = m_latestSoFar;
    return std::make_shared<const LogChunk>(parts.summary, std::move(parts.text),
                                            std::move(parts.columns));
}

void LogStore::take(LogChannel channel, const JoinedLine& joined) {
    KeptLine line = m_reading.read(channel, joined);
    if (line.time != 0)
        line.time -= m_ahead;
    else
        line.time = m_arrived.isNull() ? m_lastTime : m_arrived.nanoseconds;
    addLine(line);
}

void LogStore::addLine(const KeptLine& line) {
    makeRoom(line.text.size());
    m_open.add(line);
    m_lastTime = line.time;
    m_latestSoFar = std::max(m_latestSoFar, line.time);
}

void LogStore::makeRoom(qsizetype textSize) {
    if (m_open.hasRoomFor(textSize) && openLines() < maximumLines &&
        m_open.escapeCount() < maximumEscapes)
        return;
    if (openLines() > 0)
        seal();
    const size_t room = std::max(static_cast<size_t>(textSize) + 1, TextPool::textSize);
    // Most streams are quiet: their first chunk takes no more memory than they have lines.
    m_open.begin(m_pool->take(room, m_sealed.m_endChunk > 0 ? TextPool::Pages::AtOnce
                                                            : TextPool::Pages::AsTouched),
                 room);
}

void LogStore::seal() {
    const std::shared_ptr<const LogChunk> chunk = chunkOf(m_open.parts());
    m_open.clear();
    put(chunk);
}

void LogStore::put(std::shared_ptr<const LogChunk> chunk) {
    account(*chunk, 1);
    m_firstOpenLine = chunk->summary().endLine();
    m_sealed.m_lineCount = m_firstOpenLine;
    replace(m_sealed.m_endChunk++, std::move(chunk));
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
