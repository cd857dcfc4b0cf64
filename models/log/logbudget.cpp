// SPDX-License-Identifier: GPL-3.0-or-later
// How a store stays within its budget; logstore.cpp fills it.
#include "models/log/logstore.h"

#include <algorithm>
#include <utility>

namespace models {

void LogWork::run() {
    if (m_spill != nullptr)
        m_done = m_chunk->spill(m_spill);
    else
        m_done = m_chunk->pack();
}

bool LogStore::isBehind() const {
    return m_rawText > m_budget.raw + m_budget.raw / 4 || memory() > m_budget.memory;
}

std::optional<LogWork> LogStore::takeWork() {
    dropPastBudget();
    const auto form = [this](std::int64_t index) { return m_sealed.chunkPointer(index)->form(); };
    LogWork work;
    m_nextToPack = std::max(m_nextToPack, m_sealed.m_firstChunk);
    while (m_nextToPack < m_sealed.m_endChunk && form(m_nextToPack) != LogChunk::Form::Raw)
        ++m_nextToPack;
    m_nextToSpill = std::max(m_nextToSpill, m_sealed.m_firstChunk);
    while (m_nextToSpill < m_nextToPack && form(m_nextToSpill) == LogChunk::Form::Spilled)
        ++m_nextToSpill;
    const bool isFull = memory() > m_budget.memory / 4 * 3;
    if (isFull && m_spill != nullptr && m_nextToSpill < m_nextToPack &&
        form(m_nextToSpill) == LogChunk::Form::Packed) {
        work.m_index = m_nextToSpill++;
        work.m_spill = m_spill;
    } else if (m_nextToPack < m_sealed.m_endChunk &&
               (isFull || m_rawText - m_packing > m_budget.raw)) {
        work.m_index = m_nextToPack++;
        m_packing += m_sealed.chunkPointer(work.m_index)->textMemory();
    } else {
        return std::nullopt;
    }
    work.m_chunk = m_sealed.chunkPointer(work.m_index);
    return work;
}

std::optional<Error> LogStore::finishWork(LogWork work) {
    const bool wasPacking = work.m_spill == nullptr;
    if (wasPacking)
        m_packing -= work.m_chunk->textMemory();
    if (!work.m_done || !*work.m_done) {
        std::int64_t& next = wasPacking ? m_nextToPack : m_nextToSpill;
        next = std::min(next, work.m_index);
        return work.m_done ? std::optional(work.m_done->error()) : std::nullopt;
    }
    // It may have been dropped meanwhile.
    if (work.m_index >= m_sealed.m_firstChunk &&
        m_sealed.chunkPointer(work.m_index) == work.m_chunk) {
        account(*work.m_chunk, -1);
        account(***work.m_done, 1);
        replace(work.m_index, std::move(**work.m_done));
        dropPastBudget();
    }
    return std::nullopt;
}

void LogStore::dropOldest() {
    const std::shared_ptr<const LogChunk> chunk = m_sealed.chunkPointer(m_sealed.m_firstChunk);
    account(*chunk, -1);
    m_snapshot = {};
    ++m_sealed.m_firstChunk;
    m_sealed.m_firstLine = chunk->summary().endLine();
    const auto groupSize = static_cast<std::int64_t>(ChunkGroup::size);
    if (m_sealed.m_firstChunk % groupSize == 0) {
        m_sealed.m_groups.erase(m_sealed.m_groups.begin());
        ++m_sealed.m_firstGroup;
    } else {
        const auto slot = static_cast<size_t>((m_sealed.m_firstChunk - 1) % groupSize);
        auto group = std::make_shared<ChunkGroup>(*m_sealed.m_groups.front());
        group->chunks[slot].reset();
        m_sealed.m_groups.front() = std::move(group);
    }
    if (!m_markers->empty() && m_markers->begin()->first < m_sealed.m_firstLine) {
        if (m_markers.use_count() > 1)
            m_markers = std::make_shared<MarkerMap>(*m_markers);
        m_markers->erase(m_markers->begin(), m_markers->lower_bound(m_sealed.m_firstLine));
    }
}

void LogStore::dropPastBudget() {
    // With a place to spill to, memory may run over for as long as that work is under way; twice
    // the budget is where a slow disk loses.
    const std::int64_t most = m_spill != nullptr ? 2 * m_budget.memory : m_budget.memory;
    while (m_sealed.m_firstChunk < m_sealed.m_endChunk &&
           (m_spilled > m_budget.spilled || memory() > most))
        dropOldest();
}

} // namespace models
