// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/sourcetext.h"

#include <QStringConverter>
#include <QUtf8StringView>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace models {

namespace {

/// Deeper containers are read as text: the Markdown library's time grows with depth times lines.
constexpr int maximumDepth = 64;
/// A list marker beyond this column counts as too deep.
constexpr int maximumMarkerColumn = 160;
/// Brackets and tags that one paragraph may open; each can cost the library a scan of all of it.
constexpr int maximumSpecials = 4000;

/// U+FEFF. No string of ours begins with one: whoever stores and reads it would lose it.
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

QString nulByte() {
    return QStringLiteral("NUL byte. It is shown as \"?\"; remove it.");
}

QString notUtf8() {
    return QStringLiteral("Not UTF-8. The byte is shown as \"?\"; save the document as UTF-8.");
}

QString markInside() {
    return QStringLiteral("Byte order mark inside the document. It is read as space; remove it.");
}

/// What Windows writes as "Unicode": every second byte of it is NUL, and no line is one.
bool isUtf16(std::string_view text) {
    return text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF";
}

/// The length of the valid UTF-8 sequence at `at`, 0 where there is none.
int sequenceLength(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
        return 1;
    }
    const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + std::size_t(length) > text.size()) {
        return 0;
    }
    for (int i = 1; i < length; ++i) {
        if ((byte(at + std::size_t(i)) & 0xC0) != 0x80) {
            return 0;
        }
    }
    const unsigned char second = byte(at + 1);
    const bool isOverlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool isOutside = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
    return isOverlong || isOutside ? 0 : length;
}

bool isBlankText(std::string_view text) {
    return std::all_of(text.begin(), text.end(), isSpace);
}

/// A bullet or a heading, which no paragraph takes in.
bool opensBlock(std::string_view line) {
    std::size_t at = 0;
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) {
        ++at;
    }
    return at + 1 < line.size() && line[at + 1] == ' ' &&
           (line[at] == '-' || line[at] == '*' || line[at] == '+' || line[at] == '#');
}

std::array<bool, 256> specialTable() {
    std::array<bool, 256> table{};
    for (const char c : std::string_view("[<!")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}

} // namespace

int columnOf(std::string_view line, std::size_t byteOffset) {
    const std::string_view before = line.substr(0, byteOffset);
    return 1 + int(std::count_if(before.begin(), before.end(),
                                 [](char byte) { return (byte & 0xC0) != 0x80; }));
}

std::string_view toUtf8(QStringView text, std::string& buffer) {
    QStringEncoder encoder(QStringEncoder::Utf8);
    const auto enough = std::size_t(encoder.requiredSpace(text.size()));
    if (buffer.size() < enough) {
        buffer.resize(enough);
    }
    const char* const end = encoder.appendToBuffer(buffer.data(), text);
    return {buffer.data(), std::size_t(end - buffer.data())};
}

SourceText::SourceText(const QByteArray& bytes)
    : m_source(bytes) {
    m_text = {m_source.constData(), std::size_t(std::min(m_source.size(), limit))};
    if (isUtf16(m_text)) {
        m_text = m_text.substr(0, 0);
        m_diagnostics.append({1, 1, Severity::Error,
                              QStringLiteral("The document is UTF-16, and nothing of it is read. "
                                             "Save it as UTF-8.")});
    }
    mendEncoding();
    readLines();
    if (m_source.size() > limit) {
        m_diagnostics.append({lineCount(), 1, Severity::Error,
                              QStringLiteral("The document is longer than 64 MiB. The rest is left "
                                             "out; split the document.")});
    }
    std::sort(m_mended.begin(), m_mended.end());
    m_mended.erase(std::unique(m_mended.begin(), m_mended.end()), m_mended.end());
}

char* SourceText::own() {
    if (m_copy.isEmpty()) {
        m_copy = QByteArray(m_text.data(), qsizetype(m_text.size()));
        m_text = {m_copy.constData(), m_text.size()};
    }
    return m_copy.data();
}

void SourceText::markMended(int line) {
    if (m_mended.empty() || m_mended.back() != line) {
        m_mended.push_back(line);
    }
}

void SourceText::mendEncoding() {
    const bool hasNul = std::memchr(m_text.data(), 0, m_text.size()) != nullptr;
    // At the very start it says that this is UTF-8, and everyone steps over it.
    const bool hasMark = m_text.find(byteOrderMark, 1) != m_text.npos;
    if (!hasNul && !hasMark &&
        QUtf8StringView(m_text.data(), qsizetype(m_text.size())).isValidUtf8()) {
        return;
    }
    char* bytes = own();
    int line = 1;
    std::size_t lineStart = 0;
    for (std::size_t at = 0; at < m_text.size();) {
        const int length = m_text[at] == '\0' ? 0 : sequenceLength(m_text, at);
        const bool isMark = at > 0 && m_text.compare(at, byteOrderMark.size(), byteOrderMark) == 0;
        if (length == 0 || isMark) {
            if (m_mended.empty() || m_mended.back() != line) {
                const int column = columnOf(m_text.substr(lineStart), at - lineStart);
                m_diagnostics.append({line, column, Severity::Warning,
                                      isMark               ? markInside()
                                      : m_text[at] == '\0' ? nulByte()
                                                           : notUtf8()});
                markMended(line);
            }
            const std::size_t end = at + (isMark ? byteOrderMark.size() : 1);
            std::fill(bytes + at, bytes + end, isMark ? ' ' : '?');
            at = end;
            continue;
        }
        const bool endsLine =
            m_text[at] == '\n' ||
            (m_text[at] == '\r' && (at + 1 >= m_text.size() || m_text[at + 1] != '\n'));
        at += std::size_t(length);
        if (endsLine) {
            ++line;
            lineStart = at;
        }
    }
}

/// `newline` is the next one from `start` on, or the end of the text.
std::size_t SourceText::endOfLine(std::size_t start, std::size_t newline) const {
    if (m_hasReturns) {
        const std::size_t length = m_text.substr(start, newline - start).find('\r');
        if (length != m_text.npos && start + length + 1 < newline) {
            return start + length + 1; // a carriage return of its own
        }
    }
    return std::min(newline + 1, m_text.size());
}

/// Each line is bounded as soon as it is found, while it is at hand.
void SourceText::readLines() {
    m_starts.reserve(m_text.size() / 32 + 2);
    m_starts.push_back(0);
    m_hasReturns = m_text.find('\r') != m_text.npos;
    int paragraph = 1;
    const auto endParagraph = [&](int line) {
        if (offset(line) - offset(paragraph) > std::size_t(maximumSpecials)) {
            boundParagraph(paragraph, line - 1);
        }
        paragraph = line;
    };
    std::size_t newline = 0;
    for (std::size_t at = 0; at < m_text.size();) {
        if (newline <= at) {
            newline = std::min(m_text.find('\n', at), m_text.size());
        }
        at = endOfLine(at, newline);
        m_starts.push_back(std::uint32_t(at));
        const int line = lineCount();
        if (mayNestTooDeep(line)) {
            boundNesting(line);
        }
        if (partsParagraphs(line)) {
            endParagraph(line);
        }
    }
    if (m_starts.size() == 1) {
        m_starts.push_back(0);
    }
    endParagraph(lineCount() + 1);
}

bool SourceText::isBlank(int line) const {
    return isBlankText(this->line(line));
}

bool SourceText::wasMended(int first, int last) const {
    const auto found = std::lower_bound(m_mended.begin(), m_mended.end(), first);
    return found != m_mended.end() && *found <= last;
}

bool SourceText::mayNestTooDeep(int line) const {
    const std::size_t start = offset(line);
    const char first = m_text[start];
    // One marker needs two bytes, so a short line cannot nest too deep.
    return offset(line + 1) - start > std::size_t(maximumDepth) &&
           (first == ' ' || first == '\t' || first == '>' || first == '-' || first == '*' ||
            first == '+' || (first >= '0' && first <= '9'));
}

void SourceText::boundNesting(int line) {
    const std::string_view text = this->line(line);
    int depth = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const char byte = text[at];
        std::size_t width = 1;
        bool isMarker = byte == '>';
        if (isSpace(byte)) {
            ++at;
            continue;
        }
        while (byte >= '0' && byte <= '9' && at + width < text.size() && width < 10 &&
               text[at + width] >= '0' && text[at + width] <= '9') {
            ++width;
        }
        if (byte >= '0' && byte <= '9' && at + width < text.size() &&
            (text[at + width] == '.' || text[at + width] == ')')) {
            ++width;
            isMarker = true;
        }
        isMarker = isMarker || byte == '-' || byte == '*' || byte == '+';
        if (!isMarker || (byte != '>' && at + width < text.size() && !isSpace(text[at + width]))) {
            return;
        }
        if (++depth > maximumDepth || int(at) > maximumMarkerColumn) {
            break;
        }
        at += width;
    }
    if (at >= text.size()) {
        return;
    }
    if (!std::exchange(m_isNestingReported, true)) {
        m_diagnostics.append(
            {line, columnOf(text, at), Severity::Warning,
             QStringLiteral("Nested deeper than %1 levels. The rest of the line is "
                            "read as text; flatten the list.")
                 .arg(maximumDepth)});
    }
    // A letter in place of the marker keeps the bytes' positions and opens no container.
    own()[offset(line) + at] = 'x';
    markMended(line);
}

/// A bullet or heading ends a paragraph as a blank line does.
bool SourceText::partsParagraphs(int line) const {
    const char first = m_text[offset(line)];
    const bool isText = (first | 0x20) >= 'a';
    if (isText) {
        return false;
    }
    const std::string_view text = this->line(line);
    return isBlankText(text) || opensBlock(text);
}

void SourceText::boundParagraph(int first, int last) {
    static const std::array<bool, 256> special = specialTable();
    int count = 0;
    const std::size_t end = offset(last + 1);
    int line = first;
    bool isReported = false;
    for (std::size_t at = offset(first); at < end; ++at) {
        if (!special[static_cast<unsigned char>(m_text[at])] || ++count <= maximumSpecials) {
            continue;
        }
        while (offset(line + 1) <= at) {
            ++line;
        }
        if (!isReported) {
            isReported = true;
            m_diagnostics.append({line, columnOf(this->line(line), at - offset(line)),
                                  Severity::Warning,
                                  QStringLiteral("More than %1 marks in one paragraph. The rest of "
                                                 "it is read as plain text; split it.")
                                      .arg(maximumSpecials)});
        }
        own()[at] = '.';
        markMended(line);
    }
}

} // namespace models
