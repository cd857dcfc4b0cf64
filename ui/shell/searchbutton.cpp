// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/searchbutton.h"

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>

namespace ui {

namespace {

constexpr int usualWidth = 300;
constexpr int leastWidth = 150;

} // namespace

SearchButton::SearchButton(QWidget* parent)
    : QToolButton(parent) {
    setObjectName(QStringLiteral("searchButton"));
    setText(tr("Search or command"));
    setAccessibleName(tr("Search or command"));
    setToolTip(tr("Search or command (Ctrl+K)"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Expanding);
}

QSize SearchButton::sizeHint() const {
    return {usualWidth, measure::topBar - 2 * space::xs};
}

QSize SearchButton::minimumSizeHint() const {
    return {leastWidth, sizeHint().height()};
}

void SearchButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    QStyleOptionFrame frame;
    frame.initFrom(this);
    frame.lineWidth = 1;
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &frame, &painter, this);
    const QRect inner = rect().adjusted(space::s, 0, -space::s, 0);
    const QRect lens(inner.left(), inner.center().y() - 7, 16, 16);
    ui::icon(QStringLiteral("edit-find"), Colour::Quiet).paint(&painter, lens);
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(colour(Colour::Quiet));
    const QString keys = tr("Ctrl+K");
    painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter, keys);
    const QRect words = inner.adjusted(
        lens.width() + space::s, 0, -painter.fontMetrics().horizontalAdvance(keys) - space::s, 0);
    painter.setFont(ui::font(TextRole::Body));
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
}

} // namespace ui
