// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/steptimers.h"

#include <QDateTime>
#include <QTimer>

#include <algorithm>

namespace app {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longestTimer = 24h;

} // namespace

void StepTimers::arm(const models::StepId& step, models::Instant at) {
    if (m_armed.value(step) == at)
        return;
    m_armed.insert(step, at);
    const auto now = std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch());
    const auto due =
        std::chrono::ceil<std::chrono::milliseconds>(std::chrono::nanoseconds(at.nanoseconds));
    if (due <= now) {
        QTimer::singleShot(0ms, this, [this, step] { Q_EMIT fired(step); });
        return;
    }
    QTimer::singleShot(std::min(due - now, longestTimer), Qt::PreciseTimer, this, [this, step, at] {
        // Long waits are taken in parts; a step reopened has another time.
        if (m_armed.value(step) != at)
            return;
        m_armed.remove(step);
        arm(step, at);
    });
}

} // namespace app
