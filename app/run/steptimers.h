// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"

#include <QHash>
#include <QObject>

namespace app {

/// What steps wait for: a moment of the system's clock, also one that is days away. Engine's
/// thread.
class StepTimers final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Once for each moment of a step; another moment takes the place of the one before. One that
    /// is past fires in the next turn of the event loop.
    void arm(const models::StepId& step, models::Instant at);

Q_SIGNALS:
    void fired(const models::StepId& step);

private:
    QHash<models::StepId, models::Instant> m_armed;
};

} // namespace app
