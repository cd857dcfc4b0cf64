// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

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

/// The numbers of a control sequence, and what they do to a style where it ends with 'm': SGR
/// (ECMA-48 8.3.117 with the 256 and true colours of ISO 8613-6). A part behind a colon belongs to
/// the code before it. Numbers past the room are left out.
class SgrParameters {
public:
    enum class Separator { Semicolon, Colon };

    void digit(int value);
    void separator(Separator separator);
    /// The number at this index, fallback where it is left out.
    [[nodiscard]] int value(size_t index, int fallback) const;
    void apply(TextStyle& style) const;

private:
    struct Parameter {
        int value = -1; ///< -1 where it is left out
        bool isSub = false;
    };

    size_t applyCode(size_t index, TextStyle& style) const;
    /// Reads the colour behind a 38 or 48 at this index and returns its last index.
    size_t extendedColour(size_t index, TextColour& colour) const;

    std::array<Parameter, 32> m_parameters;
    size_t m_count = 1;
};

} // namespace models
