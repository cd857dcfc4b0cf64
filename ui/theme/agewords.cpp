// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/agewords.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

QString tr(const char* text) {
    return QCoreApplication::translate("ui::AgeWords", text);
}

} // namespace

QString formatDuration(std::chrono::milliseconds duration) {
    const qint64 ms = std::max<qint64>(0, duration.count());
    if (ms < second)
        return tr("%1 ms").arg(ms);
    if (ms < minute)
        return tr("%1 s").arg(ms / second);
    if (ms < hour)
        return tr("%1 min %2 s")
            .arg(ms / minute)
            .arg(ms % minute / second, 2, 10, QLatin1Char('0'));
    if (ms < day)
        return tr("%1 h %2 min").arg(ms / hour).arg(ms % hour / minute, 2, 10, QLatin1Char('0'));
    return tr("%1 d %2 h").arg(ms / day).arg(ms % day / hour);
}

QString formatAge(models::Instant at, models::Instant now) {
    const qint64 ms = (now.nanoseconds - at.nanoseconds) / 1'000'000;
    if (at.isNull())
        return {};
    if (ms < second)
        return tr("now");
    if (ms < minute)
        return tr("%1 s ago").arg(ms / second);
    if (ms < hour)
        return tr("%1 min ago").arg(ms / minute);
    if (ms < day)
        return tr("%1 h ago").arg(ms / hour);
    return tr("%1 d ago").arg(ms / day);
}

} // namespace ui
