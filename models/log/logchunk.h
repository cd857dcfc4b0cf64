// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/columns.h"
#include "models/log/logline.h"
#include "models/log/logspill.h"

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <memory>

namespace models {

/// What is known of a chunk without opening it.
struct LogSummary {
    std::int64_t firstLine = 0;
    std::uint32_t lineCount = 0;
    std::uint32_t textSize = 0;
    std::int64_t earliest = 0; ///< of the times of its lines; 0 where none has any
    std::int64_t latest = 0;
    std::int64_t latestSoFar = 0; ///< of all lines up to its last
    LevelCounts levels{};

    [[nodiscard]] std::int64_t endLine() const { return firstLine + lineCount; }
    bool operator==(const LogSummary&) const = default;
};

/// The text of a chunk, a line feed behind each line, and its columns, for as long as one of these
/// lives. Up to TextPool::slack bytes behind the text can be read.
struct OpenedChunk {
    LogSummary summary;
    QByteArrayView text;
    std::shared_ptr<const Columns> columns;
    std::shared_ptr<const void> owner;

    [[nodiscard]] QByteArrayView lineText(std::uint32_t line) const;
};

/// Room that one thread unpacks into again and again.
class ChunkScratch {
public:
    [[nodiscard]] std::shared_ptr<char> take(qsizetype size);

private:
    std::shared_ptr<char> m_room;
    qsizetype m_size = 0;
};

/// Some consecutive lines of a store: their text as it came, packed, or spilled. Immutable; any
/// thread. A change of form is another object, so that a reader goes on with what it has.
class LogChunk {
public:
    enum class Form { Raw, Packed, Spilled };

    LogChunk(LogSummary summary, std::shared_ptr<const char> text,
             std::shared_ptr<const Columns> columns);

    [[nodiscard]] const LogSummary& summary() const { return m_summary; }
    [[nodiscard]] Form form() const;
    /// Bytes of memory for its text and columns, as far as they are not shared with a pool.
    [[nodiscard]] qsizetype memory() const;
    [[nodiscard]] qsizetype textMemory() const;
    [[nodiscard]] qsizetype spilledSize() const { return m_spilledSize; }

    /// Its columns without its text; read back where they are spilled. Null: they cannot be read.
    [[nodiscard]] std::shared_ptr<const Columns> columns() const;
    /// Unpacks into scratch where that is needed: good until its next use, unless owner is kept.
    [[nodiscard]] Result<OpenedChunk> open(ChunkScratch& scratch) const;

    /// The packed form of a raw one. Takes about a millisecond.
    [[nodiscard]] std::shared_ptr<const LogChunk> pack() const;
    /// The spilled form of a packed one.
    [[nodiscard]] Result<std::shared_ptr<const LogChunk>>
    spill(const std::shared_ptr<LogSpill>& where) const;

private:
    struct Spilled;

    explicit LogChunk(const LogSummary& summary)
        : m_summary(summary) {}
    [[nodiscard]] Result<QByteArray> readSpilled(std::shared_ptr<const Columns>& columns) const;
    [[nodiscard]] Error damage(const QString& detail) const;

    LogSummary m_summary;
    std::shared_ptr<const char> m_text;
    QByteArray m_packed;
    std::shared_ptr<const Columns> m_columns;
    std::shared_ptr<const Spilled> m_spilled;
    qsizetype m_spilledSize = 0;
};

} // namespace models
