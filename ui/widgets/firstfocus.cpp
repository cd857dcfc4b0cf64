// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/firstfocus.h"

#include <QFocusEvent>
#include <QWidget>

namespace ui {

FirstFocus::FirstFocus(QWidget* whole, QWidget* first)
    : QObject(whole)
    , m_first(first) {
    whole->installEventFilter(this);
}

void FirstFocus::set(QWidget* first) {
    m_first = first;
}

bool FirstFocus::eventFilter(QObject* watched, QEvent* event) {
    const auto* const whole = static_cast<QWidget*>(watched);
    if (event->type() == QEvent::FocusIn && m_first != nullptr && m_first->isVisibleTo(whole))
        m_first->setFocus(static_cast<QFocusEvent*>(event)->reason());
    return QObject::eventFilter(watched, event);
}

} // namespace ui
