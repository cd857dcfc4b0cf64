// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/keepawake.h"

namespace app {

KeepAwake::KeepAwake(RunService& runs, SleepInhibitor& inhibitor, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
    , m_inhibitor(inhibitor) {
    connect(&runs, &RunService::runOpened, this, &KeepAwake::settle);
    connect(&runs, &RunService::eventsAppended, this, &KeepAwake::settle);
    connect(&runs, &RunService::runReleased, this, &KeepAwake::settle);
}

KeepAwake::~KeepAwake() {
    if (m_isHeld)
        m_inhibitor.release();
}

void KeepAwake::settle() {
    const bool isUnderWay = m_runs.attemptsUnderWay() > 0;
    if (isUnderWay == m_isHeld)
        return;
    m_isHeld = isUnderWay;
    if (isUnderWay)
        m_inhibitor.hold(tr("A step of a run is under way"));
    else
        m_inhibitor.release();
}

} // namespace app
