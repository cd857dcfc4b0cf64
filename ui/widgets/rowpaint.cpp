// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rowpaint.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionViewItem>

#include <algorithm>

namespace ui::rowpaint {

namespace {

constexpr int leastTwoLines = 52;
constexpr int progressThickness = 4;

/// Takes the place of a sign from the rectangle.
QRect takeSign(QRect& rect, int gap) {
    const QRect place(rect.left(), rect.center().y() - measure::glyph / 2, measure::glyph,
                      measure::glyph);
    rect.setLeft(place.right() + gap);
    return place;
}

} // namespace

void ground(QPainter& painter, const QStyleOptionViewItem& option) {
    if (option.state.testFlag(QStyle::State_Selected))
        painter.fillRect(option.rect, colour(Colour::Selection));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(option.rect, colour(Colour::Hover));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     colour(Colour::Line));
    if (!option.state.testFlag(QStyle::State_HasFocus))
        return;
    QStyleOptionFocusRect ring;
    ring.rect = option.rect.adjusted(1, 1, -1, -2);
    QApplication::style()->drawPrimitive(QStyle::PE_FrameFocusRect, &ring, &painter);
}

void sign(QPainter& painter, QRect& rect, Glyph glyph, const QColor& tint, int gap) {
    paintGlyph(painter, takeSign(rect, gap), glyph, tint);
}

void sign(QPainter& painter, QRect& rect, const QIcon& icon, int gap) {
    icon.paint(&painter, takeSign(rect, gap));
}

int atRight(QPainter& painter, const QRect& rect, const QString& text, Colour tone) {
    painter.setFont(font(TextRole::Quiet));
    painter.setPen(colour(tone));
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, text);
    return painter.fontMetrics().horizontalAdvance(text);
}

int words(QPainter& painter, const QRect& rect, const QString& text, TextRole role, Colour tone,
          Emphasis emphasis) {
    painter.setFont(font(role, emphasis));
    painter.setPen(colour(tone));
    const QString shown =
        painter.fontMetrics().elidedText(text.simplified(), Qt::ElideRight, rect.width());
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    return painter.fontMetrics().horizontalAdvance(shown);
}

void twoLines(QPainter& painter, const QRect& rect, const QString& head, const QString& below,
              Colour belowTone) {
    const int first = QFontMetrics(font(TextRole::Body, Emphasis::Strong)).height();
    const int second = QFontMetrics(font(TextRole::Quiet)).height();
    const int top = rect.top() + (rect.height() - first - second - 1) / 2;
    words(painter, QRect(rect.left(), top, rect.width(), first), head, TextRole::Body, Colour::Text,
          Emphasis::Strong);
    words(painter, QRect(rect.left(), top + first + 1, rect.width(), second), below,
          TextRole::Quiet, belowTone);
}

int twoLineHeight() {
    const int text = QFontMetrics(font(TextRole::Body, Emphasis::Strong)).height() +
                     QFontMetrics(font(TextRole::Quiet)).height() + 1;
    const bool dense = Theme::instance().density() == Density::Dense;
    return std::max(dense ? 0 : leastTwoLines, text + (dense ? space::s : space::l));
}

void progress(QPainter& painter, const QRect& rect, int done, int failed, int total) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF line(rect.left(), rect.center().y() - progressThickness / 2 + 1, rect.width(),
                      progressThickness);
    const qreal corner = progressThickness / 2.0;
    const auto piece = [&](qreal share, const QColor& tone) {
        painter.setBrush(tone);
        QRectF part = line;
        part.setWidth(line.width() * std::clamp(share, 0.0, 1.0));
        if (part.width() > 0)
            painter.drawRoundedRect(part, corner, corner);
    };
    piece(1, colour(Colour::Line));
    if (total > 0) {
        piece(qreal(done + failed) / total, colour(failed > 0 ? Colour::Fail : Colour::Pass));
        if (failed > 0)
            piece(qreal(done) / total, colour(Colour::Pass));
    }
    painter.restore();
}

} // namespace ui::rowpaint
