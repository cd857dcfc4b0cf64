// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/actionbutton.h"

#include <QAction>

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

void ActionButton::follow(QAction& action) {
    const auto take = [this, &action] {
        setText(action.text());
        setEnabled(action.isEnabled());
        setVisible(action.isVisible());
        setToolTip(action.toolTip());
    };
    connect(&action, &QAction::changed, this, take);
    connect(this, &QPushButton::clicked, &action, &QAction::trigger);
    take();
}

} // namespace ui
