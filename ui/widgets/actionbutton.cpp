// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/actionbutton.h"

#include <QDialog>
#include <QKeyEvent>

namespace ui {

ActionButton::ActionButton(const QString& text, ButtonKind kind, QWidget* parent)
    : QPushButton(text, parent)
    , m_kind(kind) {
    setProperty(buttonKindProperty, static_cast<int>(kind));
    setCursor(Qt::ArrowCursor);
}

void ActionButton::setKind(ButtonKind kind) {
    m_kind = kind;
    setProperty(buttonKindProperty, static_cast<int>(kind));
    update();
}

/// Return presses the button that has the focus in a page too; in a dialog it is the dialog's.
void ActionButton::keyPressEvent(QKeyEvent* event) {
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isReturn || qobject_cast<QDialog*>(window()) != nullptr) {
        QPushButton::keyPressEvent(event);
        return;
    }
    // A held key must not run one step after the other.
    if (!event->isAutoRepeat())
        click();
    event->accept();
}

} // namespace ui
