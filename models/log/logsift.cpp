// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logsift.h"

#include <algorithm>
#include <queue>
#include <utility>

namespace models {

LogSift::LogSift(std::shared_ptr<const CompiledFilter> filter)
    : m_filter(std::move(filter)) {
    for (int i = 0; i < mostThreads; ++i)
        m_sieves.emplace_back(m_filter);
}

const LogChunk& LogSift::chunkOf(const Slot& slot) const {
    return m_first[slot.store].chunk(slot.chunk);
}

/// All chunks by the latest time up to each: what is left is never later than what is looked at.
void LogSift::plan(const std::vector<LogSnapshot>& snapshots) {
    m_first = snapshots;
    m_stores.resize(snapshots.size());
    std::priority_queue<std::pair<std::int64_t, std::uint32_t>> stores;
    std::vector<std::int64_t> ends;
    const auto queue = [&](std::uint32_t store) {
        const LogSnapshot& snapshot = m_first[store];
        if (ends[store] > snapshot.firstChunk())
            stores.emplace(snapshot.chunk(ends[store] - 1).summary().latestSoFar, store);
    };
    for (std::uint32_t store = 0; store < m_first.size(); ++store) {
        const std::int64_t end = m_first[store].lineCount();
        m_stores[store].begin = m_stores[store].end = m_stores[store].looked = end;
        ends.push_back(m_first[store].endChunk());
        queue(store);
    }
    while (!stores.empty()) {
        const std::uint32_t store = stores.top().second;
        stores.pop();
        m_slots.push_back({store, --ends[store], false, {}});
        queue(store);
    }
}

void LogSift::extend(const std::vector<LogSnapshot>& snapshots) {
    if (m_stores.empty())
        plan(snapshots);
    for (size_t i = m_stores.size(); i < snapshots.size(); ++i) {
        const std::int64_t first = snapshots[i].firstLine();
        m_stores.push_back({{}, {}, first, first, first});
    }
    for (size_t i = 0; i < snapshots.size(); ++i) {
        const LogSnapshot& snapshot = snapshots[i];
        Store& store = m_stores[i];
        const std::int64_t from = std::max(store.end, snapshot.firstLine());
        store.end = std::max(store.end, snapshot.lineCount());
        if (from >= store.end)
            continue;
        for (std::int64_t at = snapshot.chunkOf(from); at < snapshot.endChunk(); ++at) {
            const LogChunk& chunk = snapshot.chunk(at);
            if (m_sieves.front().run(chunk, from, store.lines))
                m_unread += chunk.summary().endLine() - std::max(from, chunk.summary().firstLine);
        }
    }
}

void LogSift::work(ChunkFilter& sieve, const std::function<bool()>& isEnough) {
    do {
        if (m_isCancelled.load(std::memory_order_relaxed))
            return;
        const size_t index = m_next.fetch_add(1, std::memory_order_relaxed);
        if (index >= m_slots.size())
            return;
        Slot& slot = m_slots[index];
        slot.isUnread = sieve.run(chunkOf(slot), 0, slot.lines).has_value();
    } while (!isEnough || !isEnough());
}

bool LogSift::lookBack(const Effort& effort) {
    if (isComplete())
        return false;
    const size_t left = m_slots.size() - m_taken;
    if (effort.runAtOnce && left > 1)
        effort.runAtOnce(static_cast<int>(std::min(m_sieves.size(), left)), [&](int number) {
            work(m_sieves[static_cast<size_t>(number)], effort.isEnough);
        });
    else
        work(m_sieves.front(), effort.isEnough);
    m_next = std::min(m_next.load(), m_slots.size());
    takeSlots(m_next);
    return moveBegins();
}

/// Each that was begun is done: nobody works at them now.
void LogSift::takeSlots(size_t end) {
    for (; m_taken < end; ++m_taken) {
        Slot& slot = m_slots[m_taken];
        Store& store = m_stores[slot.store];
        const LogSummary& summary = chunkOf(slot).summary();
        store.looked = summary.firstLine;
        store.waiting.insert(store.waiting.end(), slot.lines.rbegin(), slot.lines.rend());
        std::vector<std::int64_t>().swap(slot.lines);
        m_unread += slot.isUnread ? summary.lineCount : 0;
    }
}

std::int64_t LogSift::beginOf(size_t store) const {
    const std::int64_t looked = m_stores[store].looked;
    if (isComplete() || m_first.size() == 1)
        return looked;
    const std::int64_t latestLeft = chunkOf(m_slots[m_taken]).summary().latestSoFar;
    if (latestLeft == 0) // nothing that is left has a time
        return looked;
    return std::max(looked, m_first[store].lineAt({latestLeft + 1}));
}

bool LogSift::moveBegins() {
    bool hasMoved = false;
    for (size_t i = 0; i < m_first.size(); ++i) {
        Store& store = m_stores[i];
        const std::int64_t begin = beginOf(i);
        if (begin >= store.begin)
            continue;
        hasMoved = true;
        store.begin = begin;
        const auto end = std::partition_point(store.waiting.begin(), store.waiting.end(),
                                              [begin](std::int64_t line) { return line >= begin; });
        store.lines.insert(store.lines.begin(), std::make_reverse_iterator(end),
                           std::make_reverse_iterator(store.waiting.begin()));
        store.waiting.erase(store.waiting.begin(), end);
    }
    return hasMoved;
}

} // namespace models
