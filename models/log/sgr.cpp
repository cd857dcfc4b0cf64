// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/sgr.h"

#include <algorithm>

namespace models {

namespace {

constexpr int maximumValue = 65'535;

TextColour palette(int index) {
    return {TextColour::Kind::Palette, static_cast<std::uint32_t>(index)};
}

std::uint32_t channel(int value) {
    return static_cast<std::uint32_t>(std::clamp(value, 0, 255));
}

} // namespace

void SgrParameters::digit(int value) {
    int& number = m_parameters[m_count - 1].value;
    number = std::min(std::max(number, 0) * 10 + value, maximumValue);
}

void SgrParameters::separator(Separator separator) {
    if (m_count < m_parameters.size())
        m_parameters[m_count++] = {-1, separator == Separator::Colon};
}

int SgrParameters::value(size_t index, int fallback) const {
    const bool given = index < m_count && m_parameters[index].value >= 0;
    return given ? m_parameters[index].value : fallback;
}

void SgrParameters::apply(TextStyle& style) const {
    for (size_t i = 0; i < m_count; ++i)
        i = applyCode(i, style);
}

/// Applies the code at this index and returns the last index that belongs to it.
size_t SgrParameters::applyCode(size_t index, TextStyle& style) const {
    const int code = value(index, 0);
    const bool hasSub = index + 1 < m_count && m_parameters[index + 1].isSub;
    if (m_parameters[index].isSub)
        return index; // of a code that has none here
    if (code == 0)
        style = {};
    else if (code == 1)
        style.bold = true;
    else if (code == 2)
        style.dim = true;
    else if (code == 3)
        style.italic = true;
    else if (code == 4)
        style.underline = !hasSub || value(index + 1, 1) != 0;
    else if (code == 7)
        style.inverse = true;
    else if (code == 9)
        style.strikeOut = true;
    else if (code == 21)
        style.underline = true;
    else if (code == 22)
        style.bold = style.dim = false;
    else if (code == 23)
        style.italic = false;
    else if (code == 24)
        style.underline = false;
    else if (code == 27)
        style.inverse = false;
    else if (code == 29)
        style.strikeOut = false;
    else if (code >= 30 && code <= 37)
        style.foreground = palette(code - 30);
    else if (code == 38)
        return extendedColour(index, style.foreground);
    else if (code == 39)
        style.foreground = {};
    else if (code >= 40 && code <= 47)
        style.background = palette(code - 40);
    else if (code == 48)
        return extendedColour(index, style.background);
    else if (code == 49)
        style.background = {};
    else if (code >= 90 && code <= 97)
        style.foreground = palette(code - 90 + 8);
    else if (code >= 100 && code <= 107)
        style.background = palette(code - 100 + 8);
    return index;
}

size_t SgrParameters::extendedColour(size_t index, TextColour& colour) const {
    // 38;5;N and 38;2;R;G;B as xterm has them, 38:5:N and 38:2:[SPACE]:R:G:B as the standard has.
    size_t end = index + 1;
    while (end < m_count && m_parameters[end].isSub)
        ++end;
    const bool colons = end > index + 1;
    if (!colons)
        end = m_count;
    const int form = value(index + 1, -1);
    if (form == 5 && index + 2 < end) {
        if (const int number = value(index + 2, 0); number <= 255)
            colour = palette(number);
        return colons ? end - 1 : index + 2;
    }
    const size_t first = colons && end - index > 5 ? index + 3 : index + 2;
    if (form == 2 && first + 2 < end) {
        colour = {TextColour::Kind::Rgb, channel(value(first, 0)) << 16 |
                                             channel(value(first + 1, 0)) << 8 |
                                             channel(value(first + 2, 0))};
        return colons ? end - 1 : first + 2;
    }
    return end - 1; // not understood: its numbers are no codes of their own
}

} // namespace models
