// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/elidedlabel.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

namespace ui {

ElidedLabel::ElidedLabel(const QString& text, TextRole role, Colour tone, QWidget* parent)
    : TextLabel({}, role, tone, parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFullText(text);
}

void ElidedLabel::setFullText(const QString& text, const QString& aside) {
    const QString whole = (text + aside).simplified();
    m_aside = aside.isEmpty() ? 0 : whole.size() - text.simplified().size();
    setText(whole);
    setAccessibleName(text + aside);
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode) {
    m_mode = mode;
    update();
}

QSize ElidedLabel::minimumSizeHint() const {
    return {fontMetrics().horizontalAdvance(QStringLiteral("MMM…")), fontMetrics().height()};
}

QString ElidedLabel::shown() const {
    const int room = contentsRect().width();
    const bool isWhole = m_aside == 0 || fontMetrics().horizontalAdvance(text()) <= room;
    return fontMetrics().elidedText(isWhole ? text() : text().chopped(m_aside), m_mode, room);
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(contentsRect(), int(alignment() | Qt::TextSingleLine), shown());
}

bool ElidedLabel::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (shown() != text())
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), plainToolTip(text()),
                               this);
        else
            QToolTip::hideText();
        return true;
    }
    return TextLabel::event(event);
}

} // namespace ui
