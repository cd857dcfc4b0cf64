// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logsearch.h"

#include <algorithm>
#include <utility>

namespace models {

LogSearch::LogSearch(LogSnapshot snapshot, std::shared_ptr<const CompiledFilter> filter)
    : m_snapshot(std::move(snapshot))
    , m_filter(std::move(filter))
    , m_slots(static_cast<size_t>(m_snapshot.endChunk() - m_snapshot.firstChunk())) {}

const LogChunk& LogSearch::chunkOf(size_t slot) const {
    return m_snapshot.chunk(m_snapshot.endChunk() - 1 - static_cast<std::int64_t>(slot));
}

void LogSearch::work() {
    ChunkFilter filter(m_filter);
    while (!m_isCancelled.load(std::memory_order_relaxed)) {
        const size_t index = m_next.fetch_add(1, std::memory_order_relaxed);
        if (index >= m_slots.size())
            return;
        Slot& slot = m_slots[index];
        slot.isUnread = filter.run(chunkOf(index), 0, slot.lines).has_value();
        slot.isDone.store(true, std::memory_order_release);
        m_done.fetch_add(1, std::memory_order_release);
    }
}

LogSearch::State LogSearch::state() const {
    if (m_done.load(std::memory_order_acquire) == m_slots.size())
        return State::Done;
    return m_isCancelled.load(std::memory_order_relaxed) ? State::Cancelled : State::Running;
}

void LogSearch::takeHits(std::vector<std::int64_t>& lines) {
    while (m_taken < m_slots.size() && m_slots[m_taken].isDone.load(std::memory_order_acquire)) {
        Slot& slot = m_slots[m_taken];
        lines.insert(lines.end(), slot.lines.rbegin(), slot.lines.rend());
        std::vector<std::int64_t>().swap(slot.lines);
        m_unread += slot.isUnread ? chunkOf(m_taken).summary().lineCount : 0;
        ++m_taken;
    }
}

std::int64_t LogSearch::searchedFrom() const {
    return m_taken == 0 ? m_snapshot.lineCount() : chunkOf(m_taken - 1).summary().firstLine;
}

StandingFilter::StandingFilter(std::shared_ptr<const CompiledFilter> filter, std::int64_t from)
    : m_filter(std::move(filter))
    , m_end(from) {}

std::int64_t StandingFilter::extend(const LogSnapshot& snapshot) {
    const size_t before = m_lines.size();
    const std::int64_t from = std::max(m_end, snapshot.firstLine());
    if (from < snapshot.lineCount()) {
        for (std::int64_t chunk = snapshot.chunkOf(from); chunk < snapshot.endChunk(); ++chunk) {
            // What cannot be read back is not shown either.
            if (m_filter.run(snapshot.chunk(chunk), from, m_lines))
                continue;
        }
    }
    m_end = std::max(m_end, snapshot.lineCount());
    return static_cast<std::int64_t>(m_lines.size() - before);
}

} // namespace models
