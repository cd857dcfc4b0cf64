// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeformat.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>

namespace ui {

namespace {

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

} // namespace ui
