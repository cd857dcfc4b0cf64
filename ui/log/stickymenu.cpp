// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/stickymenu.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace ui {

bool StickyMenu::tick(QAction* action) {
    if (action == nullptr || !action->isCheckable() || !action->isEnabled())
        return false;
    action->trigger();
    return true;
}

void StickyMenu::mouseReleaseEvent(QMouseEvent* event) {
    if (!tick(actionAt(event->pos())))
        QMenu::mouseReleaseEvent(event);
}

void StickyMenu::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space || !tick(activeAction()))
        QMenu::keyPressEvent(event);
}

} // namespace ui
