// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

struct Pair {
    QRgb light;
    QRgb dark;
};

constexpr std::array<Pair, colourCount> table = {{
    {0xFFF6F7F9, 0xFF14171C}, // Window
    {0xFFFFFFFF, 0xFF1B1F26}, // Surface
    {0xFFFFFFFF, 0xFF232831}, // Raised
    {0xFFDDE1E7, 0xFF303743}, // Line
    {0xFF1C2128, 0xFFE6E9EE}, // Text
    {0xFF5B6470, 0xFF9AA4B2}, // Quiet
    {0xFF2360D8, 0xFF6EA8FE}, // Accent
    {0xFF1A7F37, 0xFF3FB950}, // Pass
    {0xFFCF222E, 0xFFFF6B61}, // Fail
    {0xFF9A6700, 0xFFD29922}, // Warn
    {0xFF8250DF, 0xFFB083F0}, // Waiting
    {0xFF57606A, 0xFF8B949E}, // Unknown
    {0xFFFFFFFF, 0xFF0E1420}, // OnAccent
    {0xFFFFFFFF, 0xFF1A0C0B}, // OnFail
    {0xFFF0F2F5, 0xFF262C36}, // Hover
    {0xFFE9F0FD, 0xFF202B3F}, // Selection
}};

constexpr std::array<Pair, 16> ansiTable = {{
    {0xFF1C2128, 0xFF8B949E}, // black: never the ground's own colour
    {0xFFCF222E, 0xFFFF6B61},
    {0xFF1A7F37, 0xFF3FB950},
    {0xFF9A6700, 0xFFD29922},
    {0xFF2360D8, 0xFF6EA8FE},
    {0xFF8250DF, 0xFFB083F0},
    {0xFF0B7285, 0xFF39C5CF},
    {0xFF57606A, 0xFFC9D1D9}, // white
    {0xFF5B6470, 0xFF9AA4B2}, // bright black
    {0xFFA40E26, 0xFFFF8A80},
    {0xFF116329, 0xFF56D364},
    {0xFF7D4E00, 0xFFE3B341},
    {0xFF0A4BC0, 0xFF8FBCFF},
    {0xFF6639BA, 0xFFC7A4FF},
    {0xFF085D6B, 0xFF56D4DD},
    {0xFF1C2128, 0xFFF0F3F6}, // bright white
}};

qreal luminance(const QColor& colour) {
    const auto linear = [](qreal channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

QRgb pick(const Pair& pair, Scheme scheme) {
    return scheme == Scheme::Dark ? pair.dark : pair.light;
}

} // namespace

QColor tokenColour(Colour colour, Scheme scheme) {
    return QColor::fromRgb(pick(table[static_cast<std::size_t>(colour)], scheme));
}

std::array<QColor, 16> ansiColours(Scheme scheme) {
    std::array<QColor, 16> colours;
    std::transform(ansiTable.begin(), ansiTable.end(), colours.begin(),
                   [scheme](const Pair& pair) { return QColor::fromRgb(pick(pair, scheme)); });
    return colours;
}

QColor blend(const QColor& base, const QColor& top, qreal strength) {
    const auto mix = [strength](int below, int above) {
        return static_cast<int>(std::lround(below + (above - below) * strength));
    };
    return {mix(base.red(), top.red()), mix(base.green(), top.green()),
            mix(base.blue(), top.blue())};
}

QColor shadowColour() {
    return {0, 0, 0, 90};
}

qreal contrastRatio(const QColor& first, const QColor& second) {
    const qreal one = luminance(first) + 0.05;
    const qreal two = luminance(second) + 0.05;
    return std::max(one, two) / std::min(one, two);
}

} // namespace ui
