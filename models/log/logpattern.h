// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/log/bytescan.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

struct hs_database;
struct hs_scratch;

namespace models {

/// What is looked for in lines.
struct LogPattern {
    enum class Syntax : std::uint8_t { Text, Regex };

    QString text; ///< as Perl writes regular expressions, where it is one
    Syntax syntax = Syntax::Text;
    LiteralFinder::Case sensitivity = LiteralFinder::Case::Sensitive;

    bool operator==(const LogPattern&) const = default;
};

/// A compiled pattern. It is matched against bytes: without a character past ASCII in it, '.' is
/// one byte. No match reaches past its line. Immutable; any thread.
class LogMatcher {
public:
    [[nodiscard]] static Result<std::shared_ptr<const LogMatcher>>
    compile(const LogPattern& pattern);
    ~LogMatcher();
    LogMatcher(const LogMatcher&) = delete;
    LogMatcher& operator=(const LogMatcher&) = delete;

    [[nodiscard]] const LogPattern& pattern() const { return m_pattern; }
    [[nodiscard]] bool matches(QByteArrayView line) const;
    /// Where it matches in a line, as start and length, in order; for highlighting.
    [[nodiscard]] QList<std::pair<qsizetype, qsizetype>> spans(QByteArrayView line) const;

private:
    friend class LineScan;
    struct Parts;

    explicit LogMatcher(LogPattern pattern);
    [[nodiscard]] bool matchesRegex(QByteArrayView line) const;

    LogPattern m_pattern;
    std::unique_ptr<Parts> m_parts;
};

/// A text that every line matched by a regular expression has in it; empty where none is certain.
/// Of several the one that is met least often.
[[nodiscard]] QByteArray requiredLiteral(QByteArrayView regex);

/// Whether a match could take in a line feed, so that one found in many lines has to be looked at
/// again in its own; true where that is not known.
[[nodiscard]] bool mayCrossLines(QByteArrayView regex);

/// Looks for a pattern in the lines of a text, all at once. One thread; one for each.
class LineScan {
public:
    explicit LineScan(std::shared_ptr<const LogMatcher> matcher);
    ~LineScan();
    LineScan(const LineScan&) = delete;
    LineScan& operator=(const LineScan&) = delete;

    /// Text with a line feed behind each line. Gives the offset of some byte of each line with a
    /// match, in order; no line twice.
    void scan(QByteArrayView text, std::vector<std::uint32_t>& offsets);

private:
    using Offsets = std::vector<std::uint32_t>;
    using Way = void (LineScan::*)(QByteArrayView text, Offsets& offsets) const;

    void scanQuicker(QByteArrayView text, Offsets& offsets);
    double paceOf(Way way, QByteArrayView text, std::pair<qsizetype, qsizetype> part,
                  Offsets& offsets) const;
    void scanLiteral(QByteArrayView text, Offsets& offsets) const;
    void scanLiteralFirst(QByteArrayView text, Offsets& offsets) const;
    void scanChain(QByteArrayView text, Offsets& offsets) const;
    void scanWhole(QByteArrayView text, Offsets& offsets) const;
    void scanLines(QByteArrayView text, Offsets& offsets) const;

    std::shared_ptr<const LogMatcher> m_matcher;
    hs_scratch* m_scratch = nullptr;
    Way m_quicker = &LineScan::scanWhole;
    int m_textsToTrial = 0;
};

} // namespace models
