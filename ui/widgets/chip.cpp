// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int padding = space::s;
constexpr int glyphSize = 12;
constexpr qreal groundStrength = 0.1;

int chipHeight() {
    return QFontMetrics(font(TextRole::Quiet)).height() + space::xs;
}

void paintGround(QPainter& painter, const QRectF& rect, const QColor& tone, Chip::Look look) {
    painter.setRenderHint(QPainter::Antialiasing);
    if (look == Chip::Look::Outlined) {
        painter.setPen(QPen(tone, 1));
        painter.setBrush(Qt::NoBrush);
    } else {
        painter.setPen(Qt::NoPen);
        painter.setBrush(blend(colour(Colour::Surface), tone, groundStrength));
    }
    const QRectF inner = rect.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2);
}

} // namespace

Chip::Chip(const QString& text, Colour tone, Look look, QWidget* parent)
    : QWidget(parent)
    , m_tone(tone)
    , m_look(look) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void Chip::setText(const QString& text) {
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setTone(Colour tone) {
    m_tone = tone;
    update();
}

void Chip::setGlyph(std::optional<Glyph> glyph) {
    m_glyph = glyph;
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const {
    return {widthOf(m_text) + (m_glyph ? glyphSize + space::xs : 0), chipHeight()};
}

QSize Chip::minimumSizeHint() const {
    return sizeHint();
}

int Chip::widthOf(const QString& text) {
    return QFontMetrics(ui::font(TextRole::Quiet)).horizontalAdvance(text) + 2 * padding;
}

int Chip::paint(QPainter& painter, const QRect& rect, const QString& text, const QColor& tone,
                Look look) {
    const int width = std::min(rect.width(), widthOf(text));
    const int height = std::min(rect.height(), chipHeight());
    if (width <= 2 * padding)
        return 0;
    const QRect pill(rect.left(), rect.center().y() - height / 2, width, height);
    painter.save();
    paintGround(painter, pill, tone, look);
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(tone);
    const QString shown =
        painter.fontMetrics().elidedText(text, Qt::ElideRight, width - 2 * padding + 1);
    painter.drawText(pill, Qt::AlignCenter | Qt::TextSingleLine, shown);
    painter.restore();
    return width;
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!m_glyph) {
        paint(painter, rect(), m_text, colour(m_tone), m_look);
        return;
    }
    paintGround(painter, rect(), colour(m_tone), m_look);
    const QRect sign(padding, (height() - glyphSize) / 2, glyphSize, glyphSize);
    paintGlyph(painter, sign, *m_glyph, colour(m_tone));
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(colour(m_tone));
    painter.drawText(rect().adjusted(sign.right() + space::xs, 0, -space::xs, 0),
                     Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, m_text);
}

} // namespace ui
