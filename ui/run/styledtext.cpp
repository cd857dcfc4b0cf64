// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/styledtext.h"

#include "models/log/ansi.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

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

/// A program chose its colours for its author's terminal: text that would not be readable on this
/// ground moves towards the text colour.
QColor readable(const QColor& ink, const QColor& ground) {
    constexpr qreal least = 3.0;
    QColor mended = ink;
    for (int i = 0; i < 4 && contrastRatio(mended, ground) < least; ++i)
        mended = blend(mended, colour(Colour::Text), 0.35);
    return mended;
}

void paintSpan(QPainter& painter, const QRectF& rect, const QString& text,
               const models::TextStyle& style) {
    QColor ink = colourOf(style.foreground, colour(Colour::Text));
    QColor ground = colourOf(style.background, colour(Colour::Window));
    if (style.inverse)
        std::swap(ink, ground);
    if (ground != colour(Colour::Window))
        painter.fillRect(rect, ground);
    if (style.dim)
        ink = blend(ground, ink, 0.65);
    QFont font = ui::font(TextRole::Mono);
    font.setBold(style.bold);
    font.setItalic(style.italic);
    font.setUnderline(style.underline);
    font.setStrikeOut(style.strikeOut);
    painter.setFont(font);
    painter.setPen(readable(ink, ground));
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                     text);
}

} // namespace

void paintStyledLine(QPainter& painter, const QPointF& origin, qreal height, qreal cell,
                     const models::StyledLine& line, int firstColumn, int columns) {
    const int last = int(std::min<qsizetype>(line.text.size(), firstColumn + columns));
    const auto paint = [&](int from, int to, const models::TextStyle& style) {
        from = std::max(from, firstColumn);
        to = std::min(to, last);
        if (from >= to)
            return;
        const QRectF rect(origin.x() + from * cell, origin.y(), (to - from) * cell, height);
        paintSpan(painter, rect, line.text.mid(from, to - from), style);
    };
    int column = 0;
    for (const models::Span& span : line.spans) {
        paint(column, span.start, {});
        paint(span.start, span.start + span.length, span.style);
        column = span.start + span.length;
        if (column > last)
            return;
    }
    paint(column, last, {});
}

} // namespace ui
