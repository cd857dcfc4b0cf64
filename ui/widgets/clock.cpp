// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/clock.h"

#include "ui/widgets/timeformat.h"

#include <QCoreApplication>
#include <QPointer>

namespace ui {

Clock& Clock::instance() {
    static QPointer<Clock> clock;
    if (clock.isNull()) {
        clock = new Clock;
        clock->setParent(QCoreApplication::instance());
    }
    return *clock;
}

Clock::Clock() {
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, [this] { Q_EMIT ticked(presentInstant()); });
    m_timer.start();
}

} // namespace ui
