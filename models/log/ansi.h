// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/sgr.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringDecoder>

#include <cstdint>
#include <vector>

namespace models {

/// Part of a line that looks alike; start and length count UTF-16 units of the line's text.
struct Span {
    int start = 0;
    int length = 0;
    TextStyle style;

    bool operator==(const Span&) const = default;
};

/// One line as a terminal would show it. spans are in order and cover exactly what has a style
/// other than the default; plain text has none.
struct StyledLine {
    QString text;
    QList<Span> spans;
    bool continues = false; ///< cut at the greatest length: the next line belongs to it

    bool operator==(const StyledLine&) const = default;
};

/// Turns the bytes of a program's output into lines, chunk by chunk; a chunk may end anywhere.
/// Understands SGR (ECMA-48 8.3.117 with the 256 and true colours of ISO 8613-6), carriage return,
/// backspace, tabs, erasing in the line and moving along it. Everything else that would steer a
/// terminal is left out: titles, links' targets, moving to other lines, device queries. Text is
/// never hidden: concealment is ignored, and an unfinished sequence ends with its line. Invalid
/// UTF-8 becomes U+FFFD, and so do the controls that turn the direction of text round.
class AnsiDecoder {
public:
    static constexpr int maximumLength = 16'384; ///< characters of a line

    /// The lines that these bytes completed. A line ends with LF.
    QList<StyledLine> push(QByteArrayView bytes);
    /// The line under way, which the next bytes may still rewrite.
    [[nodiscard]] StyledLine partial() const;

private:
    enum class State { Text, Escape, Intermediate, Csi, String, StringEscape };

    struct Cell {
        char32_t character = U' ';
        TextStyle style;
    };

    void put(char32_t character);
    void text(char32_t character);
    void control(char32_t character);
    void escape(char32_t character);
    void csi(char32_t character);
    void finishCsi(char32_t final);
    void eraseInLine(int mode);
    void writeCell(char32_t character);
    void finishLine(bool continues);
    [[nodiscard]] StyledLine line() const;

    QStringDecoder m_decoder{QStringDecoder::Utf8};
    State m_state = State::Text;
    std::vector<Cell> m_cells;
    size_t m_column = 0;
    TextStyle m_style;
    SgrParameters m_parameters;
    bool m_isPrivate = false;
    size_t m_stringLength = 0;
    QList<StyledLine> m_lines;
};

} // namespace models
