// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/terminalcolour.h"

#include "models/log/sgr.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace ui {

namespace {

constexpr qreal dimStrength = 0.65;

/// xterm's table of 256: 16 named, a 6x6x6 cube, 24 greys.
QColor paletteColour(std::uint32_t value) {
    if (value < 16)
        return Theme::instance().ansi()[value];
    if (value < 232) {
        const auto level = [](std::uint32_t part) { return part == 0 ? 0 : int(55 + 40 * part); };
        const std::uint32_t cube = value - 16;
        return {level(cube / 36), level(cube / 6 % 6), level(cube % 6)};
    }
    const int grey = 8 + 10 * int(std::min<std::uint32_t>(value, 255) - 232);
    return {grey, grey, grey};
}

QColor colourOf(const models::TextColour& wanted, const QColor& fallback) {
    switch (wanted.kind) {
    case models::TextColour::Kind::Default:
        return fallback;
    case models::TextColour::Kind::Palette:
        return paletteColour(wanted.value);
    case models::TextColour::Kind::Rgb:
        return QColor::fromRgb(wanted.value);
    }
    return fallback;
}

/// A program chose its colours for its author's terminal.
QColor readable(const QColor& ink, const QColor& ground) {
    constexpr qreal least = 3.0;
    QColor mended = ink;
    for (int i = 0; i < 4 && contrastRatio(mended, ground) < least; ++i)
        mended = blend(mended, colour(Colour::Text), 0.35);
    return mended;
}

} // namespace

TerminalInk terminalInk(const models::TextStyle& style, const QColor& plain, const QColor& ground) {
    QColor ink = colourOf(style.foreground, plain);
    QColor under = colourOf(style.background, ground);
    if (style.inverse)
        std::swap(ink, under);
    if (style.dim)
        ink = blend(under, ink, dimStrength);
    return {readable(ink, under), under == ground ? QColor() : under};
}

} // namespace ui
