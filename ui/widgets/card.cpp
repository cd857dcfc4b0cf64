// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/textlabel.h"

#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace ui {

namespace {
constexpr int edgeWidth = 3;
constexpr qreal groundStrength = 0.05;
} // namespace

Card::Card(const QString& title, Colour tone, QWidget* parent)
    : QFrame(parent)
    , m_tone(tone)
    , m_column(new QVBoxLayout(this)) {
    setFrameShape(QFrame::NoFrame);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_column->setContentsMargins(space::l + edgeWidth, space::m, space::l, space::m);
    m_column->setSpacing(space::s);
    auto* head = new TextLabel(title, TextRole::Body, tone);
    head->setEmphasis(Emphasis::Strong);
    head->setWordWrap(true);
    m_column->addWidget(head);
    setAccessibleName(title);
}

void Card::addText(const QString& text, Colour tone) {
    if (text.isEmpty())
        return;
    auto* label = new TextLabel(text, TextRole::Body, tone);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    m_column->addWidget(label);
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor tone = colour(m_tone);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath path;
    path.addRoundedRect(box, radius::card, radius::card);
    painter.fillPath(path, blend(colour(Colour::Surface), tone, groundStrength));
    painter.save();
    painter.setClipPath(path);
    painter.fillRect(QRectF(0, 0, edgeWidth, height()), tone);
    painter.restore();
    painter.setPen(blend(colour(Colour::Surface), tone, 0.35));
    painter.drawPath(path);
}

} // namespace ui
