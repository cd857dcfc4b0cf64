// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/escapes.h"
#include "models/log/logline.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace models {

/// Lines counted by level.
using LevelCounts = std::array<std::uint32_t, logLevelCount>;

/// A set of levels: bit i is LogLevel i.
using LevelSet = std::uint8_t;
constexpr LevelSet allLevels = 0xff;

/// What is known of each line of a chunk that is still being filled.
struct OpenColumns {
    std::vector<std::uint32_t> starts; ///< where the lines begin in the chunk's text
    std::vector<std::int64_t> times;   ///< 0 where a line has none
    std::vector<std::uint8_t> tags;    ///< level, and 8 for the second channel
    std::vector<std::uint32_t> odd;    ///< line << 2 | ColumnFlags, of lines that have any
    std::vector<std::pair<std::uint32_t, std::uint32_t>> escapes; ///< as in StrippedLine
    std::string sequences;

    void clear();
};

enum ColumnFlag : std::uint32_t { Continues = 1, Marked = 2 };

/// Memory for the columns of chunks that are made one behind the other and go again in that order:
/// many share an allocation, which stays until all of them are gone. One thread; what it gave may
/// go on any.
class ColumnMemory {
public:
    /// So many bytes that nobody else has.
    [[nodiscard]] std::shared_ptr<char> take(size_t size);

private:
    static constexpr size_t blockSize = 512 * 1024;

    std::shared_ptr<char[]> m_block;
    size_t m_size = 0;
    size_t m_taken = 0;
};

/// The same packed, about four bytes a line: every 16th start (text has its line feeds, so the rest
/// is counted), times as differences in as many bits as a block of 64 needs, tags of half a byte.
/// Immutable; any thread.
class Columns {
public:
    static constexpr std::uint32_t startStep = 16;
    static constexpr std::uint32_t timeStep = 64;

    Columns() = default;
    /// textSize counts the chunk's text with a line feed behind each line. Without a memory they
    /// have an allocation of their own.
    static Columns pack(const OpenColumns& open, std::uint32_t textSize,
                        ColumnMemory* memory = nullptr);
    /// Of bytes() that were kept elsewhere; none where they are damaged.
    static std::optional<Columns> fromBytes(QByteArray bytes);

    [[nodiscard]] QByteArrayView bytes() const { return {m_bytes.get(), m_head.end}; }
    [[nodiscard]] std::uint32_t lineCount() const { return m_head.lines; }
    [[nodiscard]] std::uint32_t textSize() const { return m_head.textSize; }

    /// Where the line begins in text; of lineCount() the text's size.
    [[nodiscard]] std::uint32_t start(std::uint32_t line, QByteArrayView text) const;
    /// The line that the byte at this offset belongs to.
    [[nodiscard]] std::uint32_t lineAt(std::uint32_t offset, QByteArrayView text) const;
    /// Where lines startStep * block begin.
    [[nodiscard]] std::uint32_t stepStart(std::uint32_t block) const;

    [[nodiscard]] std::int64_t time(std::uint32_t line) const;
    /// The times of the lines from timeStep * block on, as many as there are.
    std::uint32_t times(std::uint32_t block, std::array<std::int64_t, timeStep>& times) const;
    /// The first line from `from` on with a time of at least this; lineCount() where there is none.
    [[nodiscard]] std::uint32_t firstAtOrAfter(std::int64_t time) const;

    [[nodiscard]] std::uint8_t tag(std::uint32_t line) const;
    [[nodiscard]] LogLevel level(std::uint32_t line) const;
    [[nodiscard]] LogChannel channel(std::uint32_t line) const;
    [[nodiscard]] std::uint32_t flags(std::uint32_t line) const;
    /// Appends the lines of these levels, in order.
    void linesOf(LevelSet levels, std::vector<std::uint32_t>& lines) const;

    /// All escapes of the chunk, in order; sequences point into bytes().
    [[nodiscard]] QList<Escape> escapes() const;

private:
    struct Head {
        std::uint32_t magic = 0;
        std::uint32_t lines = 0;
        std::uint32_t textSize = 0;
        std::uint32_t starts = 0; ///< where each part begins in m_bytes
        std::uint32_t blocks = 0;
        std::uint32_t deltas = 0;
        std::uint32_t tags = 0;
        std::uint32_t odd = 0;
        std::uint32_t oddCount = 0;
        std::uint32_t escapes = 0;
        std::uint32_t escapeCount = 0;
        std::uint32_t dictionary = 0;
        std::uint32_t sequenceCount = 0;
        std::uint32_t end = 0; ///< the size of all
    };
    struct TimeBlock {
        std::int64_t base = 0;
        std::uint32_t at = 0; ///< bytes behind deltas, << 7 | width in bits
    };

    class Packer;

    Columns(const Head& head, std::shared_ptr<const char> bytes);
    /// Without a copy.
    [[nodiscard]] static std::shared_ptr<const char> held(QByteArray bytes);
    [[nodiscard]] std::uint32_t word(std::uint32_t at) const;
    [[nodiscard]] TimeBlock timeBlock(std::uint32_t block) const;
    [[nodiscard]] std::uint32_t blockCount() const;

    std::shared_ptr<const char> m_bytes;
    Head m_head;
};

} // namespace models
