// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/silencewatch.h"

#include <algorithm>
#include <utility>

namespace app {

SilenceWatch::SilenceWatch(Pace pace)
    : m_pace(pace) {
    m_timer.setParent(this);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SilenceWatch::due);
}

void SilenceWatch::begin() {
    m_quiet = 0;
    wait();
}

void SilenceWatch::noteLine() {
    m_isSuspect = false;
    m_quiet = 0;
}

void SilenceWatch::wait() {
    m_timer.start(m_isSuspect ? m_pace.grace : m_pace.watch * (1 << std::clamp(m_quiet - 1, 0, 3)));
}

bool SilenceWatch::isLong() {
    return m_quiet++ > 0 || m_isSuspect;
}

bool SilenceWatch::isStalled(const models::Result<models::Instant>& newest,
                             models::Instant newestCome) {
    const bool isBehind = newest && m_quiet > 0 && newest->nanoseconds > newestCome.nanoseconds;
    return std::exchange(m_isSuspect, isBehind) && isBehind;
}

} // namespace app
