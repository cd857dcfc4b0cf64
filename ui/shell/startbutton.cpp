// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/startbutton.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/rowpaint.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int iconSide = 22;
constexpr int leastWidth = 260;
constexpr int usualWidth = 380;
constexpr qreal pressedShade = 0.12;

} // namespace

StartButton::StartButton(const QString& iconName, const QString& text, const QString& explanation,
                         const QString& key, Rank rank, QWidget* parent)
    : QPushButton(text, parent)
    , m_iconName(iconName)
    , m_explanation(explanation)
    , m_key(key)
    , m_rank(rank) {
    setAccessibleName(text);
    setAccessibleDescription(explanation);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize StartButton::sizeHint() const {
    return {usualWidth, rowpaint::twoLineHeight() + 2 * space::s};
}

QSize StartButton::minimumSizeHint() const {
    return {leastWidth, sizeHint().height()};
}

void StartButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isFirst = m_rank == Rank::First;
    const QRectF box = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    QColor ground = colour(isFirst ? Colour::Accent : Colour::Surface);
    if (isDown())
        ground = blend(ground, colour(Colour::Text), pressedShade);
    else if (underMouse())
        ground = blend(ground, colour(Colour::Text), pressedShade / 2);
    const Colour words = isFirst ? Colour::OnAccent : Colour::Text;
    const Colour quiet = isFirst ? Colour::OnAccent : Colour::Quiet;
    painter.setPen(hasFocus() ? QPen(colour(isFirst ? Colour::Text : Colour::Accent), 2)
                              : QPen(isFirst ? ground : colour(Colour::Line), 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(box, radius::card, radius::card);

    QRect inner = rect().adjusted(space::l, 0, -space::l, 0);
    const QRect mark(inner.left(), inner.center().y() - iconSide / 2, iconSide, iconSide);
    ui::icon(m_iconName, isFirst ? Colour::OnAccent : Colour::Accent).paint(&painter, mark);
    inner.setLeft(mark.right() + space::l);
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(colour(quiet));
    painter.drawText(inner, int(Qt::AlignRight | Qt::AlignVCenter), m_key);
    if (!m_key.isEmpty())
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(m_key) - space::m);
    const int middle = inner.center().y();
    const auto line = [&painter, &inner](int top, int height, const QString& text, int alignment) {
        painter.drawText(QRect(inner.left(), top, inner.width(), height), alignment,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
    };
    line(middle + 2, inner.bottom() - middle, m_explanation, int(Qt::AlignLeft | Qt::AlignTop));
    painter.setFont(ui::font(TextRole::Body, Emphasis::Strong));
    painter.setPen(colour(words));
    line(inner.top(), middle - inner.top(), text(), int(Qt::AlignLeft | Qt::AlignBottom));
}

} // namespace ui
