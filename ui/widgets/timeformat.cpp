// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeformat.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>

namespace ui {

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

QString tr(const char* text) {
    return QCoreApplication::translate("ui::TimeFormat", text);
}

bool isLocal() {
    return Theme::instance().timeDisplay() == TimeDisplay::Local;
}

QString format(models::Instant at, const QString& pattern) {
    return at.isNull() ? QString() : shownTime(at).toString(pattern);
}

QString formatWithZone(models::Instant at, const QString& pattern) {
    return at.isNull() ? QString() : format(at, pattern) + u' ' + zoneName(at);
}

} // namespace

models::Instant presentInstant() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()};
}

QTimeZone shownZone() {
    return isLocal() ? QTimeZone::systemTimeZone() : QTimeZone::utc();
}

QDateTime shownTime(models::Instant at) {
    if (at.isNull())
        return {};
    return isLocal() ? at.toDateTime().toLocalTime() : at.toDateTime();
}

QString formatTime(models::Instant at) {
    return formatWithZone(at, QStringLiteral("HH:mm:ss"));
}

QString formatDateTime(models::Instant at) {
    return formatWithZone(at, QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString formatSpan(models::Instant from, models::Instant until) {
    const bool isSameZone = zoneName(from) == zoneName(until);
    const QString begin =
        isSameZone ? format(from, QStringLiteral("yyyy-MM-dd HH:mm")) : formatDateTime(from);
    const QString end = isSameZone && formatDate(from) == formatDate(until)
                            ? formatWithZone(until, QStringLiteral("HH:mm"))
                            : formatDateTime(until);
    return tr("%1 to %2").arg(begin, end);
}

QString formatDate(models::Instant at) {
    return format(at, QStringLiteral("yyyy-MM-dd"));
}

QString formatClock(models::Instant at) {
    return format(at, QStringLiteral("HH:mm:ss.zzz"));
}

QString zoneName(models::Instant at) {
    return at.isNull() ? QString() : shownTime(at).timeZoneAbbreviation();
}

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
