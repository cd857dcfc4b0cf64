// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <utility>

namespace ui {

/// One character of a line as it stands in the grid.
struct LineCell {
    char32_t character = 0; ///< never a control: those and invalid bytes have a sign of their own
    qsizetype byte = 0;     ///< where it begins in the line
    qsizetype size = 1;     ///< its bytes
    int column = 0;
    int width = 1; ///< columns: 2 of wide characters, 0 of marks on the one before
};

/// Goes through a line's characters from left to right. UTF-8; each invalid byte is a cell with
/// U+FFFD, and so are characters that turn the direction of text round or show nothing. Controls
/// show their picture (U+2400 and on), a tab goes to the next multiple of 8.
class LineCells {
public:
    static constexpr int tabStop = 8;

    /// From this byte on, which stands in this column.
    explicit LineCells(QByteArrayView text, qsizetype byte = 0, int column = 0)
        : m_text(text)
        , m_byte(byte)
        , m_column(column) {}

    /// False at the end.
    bool next(LineCell& cell);

private:
    char32_t decode(qsizetype& size) const;

    QByteArrayView m_text;
    qsizetype m_byte;
    int m_column;
};

/// Of a whole line.
struct LineShape {
    int columns = 0;
    bool isPlain = false; ///< printable ASCII throughout: column and byte are the same
};
[[nodiscard]] LineShape shapeOf(QByteArrayView text);

/// The byte where the character at a column begins; the line's size behind its end.
[[nodiscard]] qsizetype byteAt(QByteArrayView text, int column);

/// The word around a byte, as begin and end: letters, digits and what joins them in logs, or else
/// what stands between words.
[[nodiscard]] std::pair<qsizetype, qsizetype> wordAt(QByteArrayView text, qsizetype byte);

} // namespace ui
