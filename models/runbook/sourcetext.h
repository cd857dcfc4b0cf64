// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace models {

/// The bytes of a document made fit for the Markdown library, with an index of its lines.
///
/// Whatever is mended (NUL, invalid UTF-8, hostile nesting) is replaced byte for byte, so offsets,
/// lines and columns stay those of the source. Lines that were mended are remembered: their text
/// must not be run, because it is no longer what somebody wrote.
class SourceText {
public:
    /// Keeps a reference to the bytes' data; at most `limit` bytes are looked at.
    explicit SourceText(const QByteArray& bytes);

    SourceText(const SourceText&) = delete;
    SourceText& operator=(const SourceText&) = delete;

    static constexpr qsizetype limit = 64 * 1024 * 1024;

    [[nodiscard]] std::string_view text() const { return m_text; }
    [[nodiscard]] int lineCount() const { return int(m_starts.size()) - 1; }
    /// The line without its end; numbers count from 1, outside the document it is empty.
    [[nodiscard]] std::string_view line(int number) const {
        return number < 1 || number > lineCount() ? std::string_view() : lines(number, number);
    }
    /// Offset of the first byte of a line; of lineCount() + 1 it is the end of the text.
    [[nodiscard]] std::size_t offset(int line) const { return m_starts[std::size_t(line) - 1]; }
    /// Both lines included, with their line ends, except that of the last.
    [[nodiscard]] std::string_view lines(int first, int last) const {
        std::string_view text = m_text.substr(offset(first), offset(last + 1) - offset(first));
        if (!text.empty() && text.back() == '\n') {
            text.remove_suffix(1);
        }
        if (!text.empty() && text.back() == '\r') {
            text.remove_suffix(1);
        }
        return text;
    }
    [[nodiscard]] bool isBlank(int line) const;
    [[nodiscard]] bool wasMended(int first, int last) const;

    [[nodiscard]] const Diagnostics& diagnostics() const { return m_diagnostics; }

private:
    void mendEncoding();
    void readLines();
    [[nodiscard]] std::size_t endOfLine(std::size_t start, std::size_t newline) const;
    [[nodiscard]] bool mayNestTooDeep(int line) const;
    void boundNesting(int line);
    [[nodiscard]] bool partsParagraphs(int line) const;
    void boundParagraph(int first, int last);
    char* own();
    void markMended(int line);

    QByteArray m_source;
    QByteArray m_copy; ///< empty while nothing was mended
    std::string_view m_text;
    std::vector<std::uint32_t> m_starts; ///< `limit` fits well into 32 bits
    std::vector<int> m_mended;           ///< ascending line numbers
    bool m_hasReturns = false;
    bool m_isNestingReported = false;
    Diagnostics m_diagnostics;
};

/// UTF-8 to QString.
[[nodiscard]] inline QString toString(std::string_view text) {
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// QString to UTF-8 in `buffer`, whose memory is kept for the next text. Lives as long as it does.
[[nodiscard]] std::string_view toUtf8(QStringView text, std::string& buffer);

[[nodiscard]] constexpr bool isSpace(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/// The text without white space at either end.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isSpace(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

/// Counts from 1, in characters, where `byteOffset` counts bytes from the start of the line.
[[nodiscard]] int columnOf(std::string_view line, std::size_t byteOffset);

} // namespace models
