// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logreader.h"

#include <algorithm>
#include <utility>

namespace models {

void LogReader::setSnapshot(LogSnapshot snapshot) {
    m_snapshot = std::move(snapshot);
    // What is not sealed goes on growing under its number.
    for (Entry& entry : m_entries) {
        const bool holds = entry.index >= m_snapshot.firstChunk() &&
                           entry.index < m_snapshot.endChunk() &&
                           m_snapshot.chunk(entry.index).summary() == entry.chunk.summary &&
                           m_snapshot.chunk(entry.index).form() == entry.form;
        if (!holds)
            entry = {};
    }
}

LogReader::Entry* LogReader::entryOf(std::int64_t line) {
    const std::int64_t index = m_snapshot.chunkOf(line);
    auto found = std::find_if(m_entries.begin(), m_entries.end(),
                              [index](const Entry& entry) { return entry.index == index; });
    if (found == m_entries.end()) {
        found = std::min_element(m_entries.begin(), m_entries.end(),
                                 [](const Entry& a, const Entry& b) { return a.used < b.used; });
        found->index = -1;
        found->chunk.owner.reset();
        Result<OpenedChunk> opened = m_snapshot.chunk(index).open(found->scratch);
        if (!opened) {
            m_error = opened.error();
            return nullptr;
        }
        found->index = index;
        found->form = m_snapshot.chunk(index).form();
        found->chunk = std::move(*opened);
        found->hasEscapes = false;
    }
    found->used = ++m_uses;
    return &*found;
}

LogLine LogReader::line(std::int64_t line) {
    LogLine result;
    if (line < m_snapshot.firstLine()) {
        result.marker = LogMarker{LogMarker::Kind::Dropped, {}, {}, m_snapshot.firstLine(), {}};
        return result;
    }
    const Entry* const entry = entryOf(line);
    if (entry == nullptr) { // an empty line would be one that was written
        result.marker = LogMarker{LogMarker::Kind::Failed, {}, {}, 0, m_error->message.toUtf8()};
        return result;
    }
    const OpenedChunk& chunk = entry->chunk;
    const auto local = static_cast<std::uint32_t>(line - chunk.summary.firstLine);
    const std::uint32_t flags = chunk.columns->flags(local);
    result.text = chunk.lineText(local);
    result.owner = chunk.owner;
    result.time = Instant{chunk.columns->time(local)};
    result.level = chunk.columns->level(local);
    result.channel = chunk.columns->channel(local);
    result.continues = (flags & Continues) != 0;
    if (const LogMarker* const marker = (flags & Marked) != 0 ? m_snapshot.marker(line) : nullptr)
        result.marker = *marker;
    return result;
}

QList<Escape> LogReader::escapesOf(Entry& entry, QByteArrayView text) {
    if (!entry.hasEscapes) {
        entry.escapes = entry.chunk.columns->escapes();
        entry.hasEscapes = true;
    }
    const auto start = static_cast<std::uint32_t>(text.data() - entry.chunk.text.data());
    const auto end = start + static_cast<std::uint32_t>(text.size());
    const auto before = [](const Escape& escape, std::uint32_t at) { return escape.position < at; };
    QList<Escape> escapes;
    for (auto at = std::lower_bound(entry.escapes.cbegin(), entry.escapes.cend(), start, before);
         at != entry.escapes.cend() && at->position <= end; ++at)
        escapes.append({at->position - start, at->sequence});
    return escapes;
}

QByteArray LogReader::raw(std::int64_t line) {
    Entry* const entry = line < m_snapshot.firstLine() ? nullptr : entryOf(line);
    if (entry == nullptr)
        return {};
    const auto local = static_cast<std::uint32_t>(line - entry->chunk.summary.firstLine);
    const QByteArrayView text = entry->chunk.lineText(local);
    return restored(text, escapesOf(*entry, text));
}

QList<LogSpan> LogReader::spans(std::int64_t line) {
    Entry* const entry = line < m_snapshot.firstLine() ? nullptr : entryOf(line);
    if (entry == nullptr)
        return {};
    const auto local = static_cast<std::uint32_t>(line - entry->chunk.summary.firstLine);
    const QByteArrayView text = entry->chunk.lineText(local);
    return spansOf(text.size(), escapesOf(*entry, text));
}

} // namespace models
