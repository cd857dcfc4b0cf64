// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "app/run/sleepinhibitor.h"

namespace app {

/// Keeps the machine awake while a run that is open here has a step under way. Main thread.
class KeepAwake : public QObject {
    Q_OBJECT

public:
    /// Both outlive this.
    KeepAwake(RunService& runs, SleepInhibitor& inhibitor, QObject* parent = nullptr);
    ~KeepAwake() override;

private:
    void settle();

    RunService& m_runs;
    SleepInhibitor& m_inhibitor;
    bool m_isHeld = false;
};

} // namespace app
