// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/styledtext.h"

#include "models/log/ansi.h"
#include "ui/theme/terminalcolour.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

void paintSpan(QPainter& painter, const QRectF& rect, const QString& text,
               const models::TextStyle& style) {
    const TerminalInk ink = terminalInk(style, colour(Colour::Text), colour(Colour::Window));
    if (ink.ground.isValid())
        painter.fillRect(rect, ink.ground);
    QFont font = ui::font(TextRole::Mono);
    font.setBold(style.bold);
    font.setItalic(style.italic);
    font.setUnderline(style.underline);
    font.setStrikeOut(style.strikeOut);
    painter.setFont(font);
    painter.setPen(ink.text);
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
