// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/linecells.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <cstring>

namespace ui {

namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr char32_t controlPictures = 0x2400;
constexpr char32_t deletePicture = 0x2421;

/// First and last of the blocks that terminals draw two columns wide (Unicode TR 11, W and F).
constexpr std::array<std::pair<char32_t, char32_t>, 13> wideBlocks{{{0x1100, 0x115F},
                                                                    {0x231A, 0x231B},
                                                                    {0x2E80, 0x303E},
                                                                    {0x3041, 0xA4CF},
                                                                    {0xA960, 0xA97F},
                                                                    {0xAC00, 0xD7A3},
                                                                    {0xF900, 0xFAFF},
                                                                    {0xFE30, 0xFE6F},
                                                                    {0xFF00, 0xFF60},
                                                                    {0xFFE0, 0xFFE6},
                                                                    {0x1F300, 0x1F64F},
                                                                    {0x1F680, 0x1FAFF},
                                                                    {0x20000, 0x3FFFD}}};

bool isPrintableAscii(unsigned char byte) {
    return byte >= 0x20 && byte < 0x7F;
}

int widthOf(char32_t character) {
    const QChar::Category category = QChar::category(character);
    if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing)
        return 0;
    const bool isWide =
        character >= wideBlocks.front().first &&
        std::any_of(wideBlocks.begin(), wideBlocks.end(), [character](const auto& block) {
            return character >= block.first && character <= block.second;
        });
    return isWide ? 2 : 1;
}

/// What is drawn for a character that shows nothing of its own, or steers the text around it.
char32_t shown(char32_t character) {
    if (character < 0x20)
        return controlPictures + character;
    if (character == 0x7F)
        return deletePicture;
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return replacement;
    default:
        return character;
    }
}

bool joinsWord(QByteArrayView text, qsizetype at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    return byte >= 0x80 || std::isalnum(byte) != 0 || std::strchr("_-./:@%+", byte) != nullptr;
}

} // namespace

/// The character at m_byte and its size; 1 and U+FFFD where the bytes are no UTF-8 (RFC 3629).
char32_t LineCells::decode(qsizetype& size) const {
    const auto byte = [this](qsizetype offset) {
        const qsizetype at = m_byte + offset;
        return at < m_text.size() ? static_cast<unsigned char>(m_text[at]) : 0U;
    };
    const unsigned first = byte(0);
    size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    char32_t character = first & (0x7FU >> size);
    for (qsizetype i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            size = 0;
        else
            character = character << 6 | (byte(i) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (size == 0 || character < least[size] || character > 0x10FFFF ||
        QChar::isSurrogate(character)) {
        size = 1;
        return replacement;
    }
    return character;
}

bool LineCells::next(LineCell& cell) {
    if (m_byte >= m_text.size())
        return false;
    cell.byte = m_byte;
    cell.column = m_column;
    cell.size = 1;
    cell.width = 1;
    const auto first = static_cast<unsigned char>(m_text[m_byte]);
    if (isPrintableAscii(first)) {
        cell.character = first;
    } else if (first == '\t') {
        cell.character = U' ';
        cell.width = tabStop - m_column % tabStop;
    } else if (first < 0x80) {
        cell.character = shown(first);
    } else {
        cell.character = shown(decode(cell.size));
        cell.width = widthOf(cell.character);
        if (cell.width == 0 && m_column == 0)
            cell.width = 1; // a mark with nothing to stand on
    }
    m_byte += cell.size;
    m_column += cell.width;
    return true;
}

LineShape shapeOf(QByteArrayView text) {
    const bool isPlain = std::all_of(text.begin(), text.end(), [](char byte) {
        return isPrintableAscii(static_cast<unsigned char>(byte));
    });
    if (isPlain)
        return {static_cast<int>(text.size()), true};
    LineCells cells(text);
    LineCell cell;
    LineShape shape;
    while (cells.next(cell))
        shape.columns = cell.column + cell.width;
    return shape;
}

qsizetype byteAt(QByteArrayView text, int column) {
    LineCells cells(text);
    LineCell cell;
    while (cells.next(cell)) {
        if (cell.column + cell.width > column)
            return cell.byte;
    }
    return text.size();
}

std::pair<qsizetype, qsizetype> wordAt(QByteArrayView text, qsizetype byte) {
    if (text.isEmpty())
        return {0, 0};
    byte = std::clamp<qsizetype>(byte, 0, text.size() - 1);
    const bool isWord = joinsWord(text, byte);
    qsizetype begin = byte;
    while (begin > 0 && joinsWord(text, begin - 1) == isWord)
        --begin;
    qsizetype end = byte + 1;
    while (end < text.size() && joinsWord(text, end) == isWord)
        ++end;
    return {begin, end};
}

} // namespace ui
