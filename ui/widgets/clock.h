// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QObject>
#include <QTimer>

namespace ui {

/// The one timer that everything on screen which ages listens to, once a second.
class Clock final : public QObject {
    Q_OBJECT

public:
    static Clock& instance();

Q_SIGNALS:
    void ticked(models::Instant now);

private:
    Clock();

    QTimer m_timer;
};

} // namespace ui
