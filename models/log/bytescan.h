// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <vector>

namespace models {

/// Loops over many bytes, with AVX2 where the processor has it (found at run time). Pure functions.

/// Where lines end in some bytes.
struct LineEnds {
    /// Marks the end of a line with an escape character or a carriage return in it.
    static constexpr std::uint32_t special = 1U << 31;

    std::vector<std::uint32_t> feeds; ///< positions of line feeds, in order, maybe with `special`
    bool restIsSpecial = false;       ///< the same of what follows the last line feed
};

/// bytes has to be shorter than 2^31.
void splitLines(QByteArrayView bytes, LineEnds& ends);

[[nodiscard]] qsizetype countFeeds(QByteArrayView bytes);

/// Bit i: a word begins at i that may state a level, by its first two letters. Of the first 63
/// bytes at most; before is the byte in front of them, 0 at a line's start.
[[nodiscard]] std::uint64_t levelStarts(QByteArrayView bytes, char before);

/// Finds one text. Immutable, so that threads share it.
class LiteralFinder {
public:
    enum class Case { Sensitive, Insensitive }; ///< insensitive for ASCII letters only

    explicit LiteralFinder(QByteArray text, Case sensitivity = Case::Sensitive);

    /// The position of the first occurrence at or behind from; -1 where there is none.
    [[nodiscard]] qsizetype find(QByteArrayView in, qsizetype from = 0) const;
    [[nodiscard]] qsizetype size() const { return m_text.size(); }

    /// How often a byte is met in logs, from 0 (never) to 255; of texts, the rarest two count.
    [[nodiscard]] static int commonness(char byte);

    /// What the loops need: bytes first and second of the text, the rarest two.
    struct Key {
        const char* text = nullptr; ///< lower case where insensitive
        qsizetype size = 0;
        qsizetype first = 0;
        qsizetype second = 0;
        char firstFold = 0; ///< 0x20 where case is no matter, to be or'ed into what is compared
        char secondFold = 0;
        bool insensitive = false;
    };

private:
    [[nodiscard]] Key key() const;

    QByteArray m_text;
    Case m_case;
    qsizetype m_first = 0;
    qsizetype m_second = 0;
};

} // namespace models
