// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/escapes.h"
#include "models/log/logsnapshot.h"

#include <QByteArray>
#include <QList>

#include <array>
#include <cstdint>

namespace models {

/// Reads single lines of a snapshot and keeps the chunks of the last few open, so that a page of
/// lines unpacks each once. One thread; one for each.
class LogReader {
public:
    /// Goes on with a later snapshot of the same store.
    void setSnapshot(LogSnapshot snapshot);
    [[nodiscard]] const LogSnapshot& snapshot() const { return m_snapshot; }

    /// line has to be below lineCount(). Of those before firstLine() a Dropped marker is left.
    /// Where a line cannot be read back, a marker says so, and error() why.
    [[nodiscard]] LogLine line(std::int64_t line);
    /// Its bytes as the program wrote them: with escape sequences and carriage returns.
    [[nodiscard]] QByteArray raw(std::int64_t line);
    /// How its parts look.
    [[nodiscard]] QList<LogSpan> spans(std::int64_t line);

    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }

private:
    struct Entry {
        std::int64_t index = -1;
        LogChunk::Form form = LogChunk::Form::Raw;
        OpenedChunk chunk;
        ChunkScratch scratch;
        QList<Escape> escapes;
        bool hasEscapes = false; ///< whether escapes was filled
        std::uint64_t used = 0;
    };

    Entry* entryOf(std::int64_t line);
    static QList<Escape> escapesOf(Entry& entry, QByteArrayView text);

    LogSnapshot m_snapshot;
    std::array<Entry, 4> m_entries;
    std::uint64_t m_uses = 0;
    std::optional<Error> m_error;
};

} // namespace models
