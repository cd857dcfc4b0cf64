// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringDecoder>

#include <cstdint>
#include <vector>

namespace models {

/// A colour as a terminal program named it; what it looks like is the theme's business.
struct TextColour {
    enum class Kind : std::uint8_t {
        Default,
        Palette, ///< value 0-7 the eight colours, 8-15 their bright forms, 16-255 xterm's table
        Rgb,     ///< value is red << 16 | green << 8 | blue
    };

    Kind kind = Kind::Default;
    std::uint32_t value = 0;

    bool operator==(const TextColour&) const = default;
};

struct TextStyle {
    TextColour foreground;
    TextColour background;
    bool bold = false;
    bool dim = false;
    bool italic = false;
    bool underline = false;
    bool strikeOut = false;
    bool inverse = false;

    bool operator==(const TextStyle&) const = default;
};

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
    void selectGraphics();
    /// Reads the colour behind a 38 or 48 at this index and returns the index behind it.
    size_t extendedColour(size_t index, TextColour& colour) const;
    void writeCell(char32_t character);
    void finishLine(bool continues);
    [[nodiscard]] int parameter(size_t index, int fallback) const;
    [[nodiscard]] StyledLine line() const;

    QStringDecoder m_decoder{QStringDecoder::Utf8};
    State m_state = State::Text;
    std::vector<Cell> m_cells;
    size_t m_column = 0;
    TextStyle m_style;
    /// Numbers of a control sequence; -1 where one is left out. A part behind a colon is marked.
    struct Parameter {
        int value = -1;
        bool isSub = false;
    };
    std::vector<Parameter> m_parameters;
    bool m_isPrivate = false;
    size_t m_stringLength = 0;
    QList<StyledLine> m_lines;
};

} // namespace models
