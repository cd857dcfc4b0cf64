// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/whenpainted.h"

#include <QEvent>
#include <QTimer>

#include <utility>

namespace ui {

WhenPainted::WhenPainted(QWidget& window, std::function<bool()> isReady, std::function<void()> then)
    : QObject(&window)
    , m_isReady(std::move(isReady))
    , m_then(std::move(then)) {
    window.installEventFilter(this);
}

void WhenPainted::begin(QWidget& window, std::function<bool()> isReady,
                        std::function<void()> then) {
    new WhenPainted(window, std::move(isReady), std::move(then));
}

/// What is known as painting begins is on the screen in the turn after it.
bool WhenPainted::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::UpdateRequest && m_isReady()) {
        watched->removeEventFilter(this);
        QTimer::singleShot(0, this, [this] {
            m_then();
            deleteLater();
        });
    }
    return false;
}

} // namespace ui
