// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/bytescan.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <cstdint>
#include <optional>

namespace models {

/// A regular expression that is a chain of bytes and classes, each once or repeated by '+', as in
/// `\w+ed \w+ed`. It looks at a place where a text of it stands, and at nothing else of the line.
/// All places together tell what the expression tells. Immutable; any thread.
///
/// The rest is matched as in Shift-And (Baeza-Yates and Gonnet, CACM 35(10), 1992): a bit for each
/// link, all in one word.
class PatternChain {
public:
    /// None where the expression is anything else, is longer than 64 links, or has no text of three
    /// bytes at a fixed distance from its start.
    [[nodiscard]] static std::optional<PatternChain> of(QByteArrayView regex);

    [[nodiscard]] const LiteralFinder& literal() const { return m_literal; }
    /// Whether the text at `at` is that of a match.
    [[nodiscard]] bool matchesAround(QByteArrayView text, qsizetype at) const;

private:
    class Parser;

    explicit PatternChain(QByteArray literal)
        : m_literal(std::move(literal)) {}

    LiteralFinder m_literal;
    unsigned m_before = 0;                    ///< links before the text, a byte each
    std::array<std::uint64_t, 256> m_links{}; ///< by byte: those that take it
    std::uint64_t m_repeated = 0;
    std::uint64_t m_last = 0;
};

} // namespace models
