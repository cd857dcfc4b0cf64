// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/ansi.h"

#include <algorithm>
#include <utility>

namespace models {

namespace {

constexpr char32_t escapeCharacter = 0x1b;
constexpr char32_t bell = 0x07;
constexpr char32_t replacement = 0xfffd;
/// A title or link longer than this is no such thing: its end was lost.
constexpr size_t maximumString = 4'096;

bool isControl(char32_t character) {
    return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

/// Would show text in another order than its bytes have.
bool turnsDirection(char32_t character) {
    return (character >= 0x202a && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

} // namespace

QList<StyledLine> AnsiDecoder::push(QByteArrayView bytes) {
    const QString decoded = m_decoder.decode(bytes);
    for (qsizetype i = 0; i < decoded.size(); ++i) {
        const QChar unit = decoded[i];
        const bool pair =
            unit.isHighSurrogate() && i + 1 < decoded.size() && decoded[i + 1].isLowSurrogate();
        if (pair)
            put(QChar::surrogateToUcs4(unit, decoded[++i]));
        else
            put(unit.isSurrogate() ? replacement : unit.unicode());
    }
    return std::exchange(m_lines, {});
}

StyledLine AnsiDecoder::partial() const {
    return line();
}

void AnsiDecoder::put(char32_t character) {
    if (character == U'\n') {
        // Whatever was under way ends here, so that nothing hides the lines that follow.
        m_state = State::Text;
        finishLine(false);
        return;
    }
    switch (m_state) {
    case State::Text:
        text(character);
        return;
    case State::Escape:
        escape(character);
        return;
    case State::Intermediate:
        if (character < 0x20 || character > 0x2f)
            m_state = State::Text;
        return;
    case State::Csi:
        csi(character);
        return;
    case State::String:
        ++m_stringLength;
        if (character == escapeCharacter)
            m_state = State::StringEscape;
        else if (character == bell || m_stringLength > maximumString)
            m_state = State::Text;
        return;
    case State::StringEscape:
        m_state = State::Text;
        if (character != U'\\')
            escape(character);
        return;
    }
}

void AnsiDecoder::text(char32_t character) {
    if (isControl(character))
        control(character);
    else
        writeCell(turnsDirection(character) ? replacement : character);
}

void AnsiDecoder::control(char32_t character) {
    if (character == escapeCharacter) {
        m_state = State::Escape;
    } else if (character == U'\r') {
        m_column = 0;
    } else if (character == U'\b') {
        m_column -= m_column > 0 ? 1 : 0;
    } else if (character == U'\t') {
        const size_t next = (m_column / 8 + 1) * 8;
        while (m_column != 0 && m_column < next && m_column < m_cells.size())
            ++m_column; // over what is there, as a terminal does
        for (size_t from = m_column; from < next; ++from)
            writeCell(U' ');
    }
}

void AnsiDecoder::escape(char32_t character) {
    m_state = State::Text;
    if (character == U'[') {
        m_state = State::Csi;
        m_parameters = {};
        m_isPrivate = false;
    } else if (character == U']' || character == U'P' || character == U'X' || character == U'^' ||
               character == U'_') {
        m_state = State::String;
        m_stringLength = 0;
    } else if (character >= 0x20 && character <= 0x2f) {
        m_state = State::Intermediate;
    } else if (character == U'c') {
        m_style = {};
    } else if (isControl(character)) {
        control(character);
    }
}

void AnsiDecoder::csi(char32_t character) {
    if (character >= U'0' && character <= U'9') {
        m_parameters.digit(static_cast<int>(character - U'0'));
    } else if (character == U';' || character == U':') {
        m_parameters.separator(character == U':' ? SgrParameters::Separator::Colon
                                                 : SgrParameters::Separator::Semicolon);
    } else if (character >= 0x3c && character <= 0x3f) {
        m_isPrivate = true;
    } else if (character >= 0x40 && character <= 0x7e) {
        m_state = State::Text;
        finishCsi(character);
    } else if (character < 0x20 || character > 0x2f) {
        // No control sequence after all.
        m_state = State::Text;
        text(character);
    } else {
        m_isPrivate = true; // an intermediate byte makes it another function
    }
}

void AnsiDecoder::finishCsi(char32_t final) {
    if (m_isPrivate)
        return;
    const auto distance = static_cast<size_t>(std::max(m_parameters.value(0, 1), 1));
    const auto last = static_cast<size_t>(maximumLength - 1);
    switch (final) {
    case U'm':
        m_parameters.apply(m_style);
        return;
    case U'K':
        eraseInLine(m_parameters.value(0, 0));
        return;
    case U'G':
        m_column = std::min(distance - 1, last);
        return;
    case U'C':
        m_column = std::min(m_column + distance, last);
        return;
    case U'D':
        m_column -= std::min(distance, m_column);
        return;
    default:
        return; // moves elsewhere, asks or sets what a log does not have
    }
}

void AnsiDecoder::eraseInLine(int mode) {
    if (mode == 0) {
        if (m_column < m_cells.size())
            m_cells.resize(m_column);
    } else if (mode == 1) {
        const size_t end = std::min(m_column + 1, m_cells.size());
        std::fill_n(m_cells.begin(), end, Cell{});
    } else if (mode == 2) {
        m_cells.clear();
    }
}

void AnsiDecoder::writeCell(char32_t character) {
    if (m_column >= maximumLength)
        finishLine(true);
    if (m_column > m_cells.size())
        m_cells.resize(m_column);
    if (m_column == m_cells.size())
        m_cells.push_back({character, m_style});
    else
        m_cells[m_column] = {character, m_style};
    ++m_column;
}

void AnsiDecoder::finishLine(bool continues) {
    StyledLine finished = line();
    finished.continues = continues;
    m_lines.append(std::move(finished));
    m_cells.clear();
    m_column = 0;
}

StyledLine AnsiDecoder::line() const {
    StyledLine result;
    result.text.reserve(static_cast<qsizetype>(m_cells.size()));
    static const TextStyle plain;
    for (const Cell& cell : m_cells) {
        const int start = static_cast<int>(result.text.size());
        if (QChar::requiresSurrogates(cell.character)) {
            result.text += QChar(QChar::highSurrogate(cell.character));
            result.text += QChar(QChar::lowSurrogate(cell.character));
        } else {
            result.text += QChar(static_cast<char16_t>(cell.character));
        }
        if (cell.style == plain)
            continue;
        const int length = static_cast<int>(result.text.size()) - start;
        const bool goesOn = !result.spans.isEmpty() && result.spans.last().style == cell.style &&
                            result.spans.last().start + result.spans.last().length == start;
        if (goesOn)
            result.spans.last().length += length;
        else
            result.spans.append({start, length, cell.style});
    }
    return result;
}

} // namespace models
