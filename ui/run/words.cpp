// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/words.h"

#include "ui/theme/theme.h"

#include <QDateTime>

#include <algorithm>

namespace ui {

QString durationText(qint64 milliseconds) {
    if (milliseconds < 1000)
        return QStringLiteral("%1 ms").arg(std::max<qint64>(0, milliseconds));
    if (milliseconds < 10'000)
        return QStringLiteral("%1 s").arg(double(milliseconds) / 1000.0, 0, 'f', 1);
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 60)
        return QStringLiteral("%1 s").arg(seconds);
    if (seconds < 3600)
        return QStringLiteral("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return QStringLiteral("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString ageText(models::Instant then, models::Instant now) {
    const qint64 seconds =
        std::max<qint64>(0, qint64(now.nanoseconds - then.nanoseconds) / 1'000'000'000);
    if (seconds < 60)
        return QStringLiteral("%1 s ago").arg(seconds);
    if (seconds < 3600)
        return QStringLiteral("%1 min ago").arg(seconds / 60);
    if (seconds < 86'400)
        return QStringLiteral("%1 h ago").arg(seconds / 3600);
    return QStringLiteral("%1 d ago").arg(seconds / 86'400);
}

QString timeText(models::Instant at, models::Instant now) {
    if (at.isNull())
        return {};
    const bool local = Theme::instance().timeDisplay() == TimeDisplay::Local;
    const QDateTime shown = local ? at.toDateTime().toLocalTime() : at.toDateTime();
    const QDateTime today = local ? now.toDateTime().toLocalTime() : now.toDateTime();
    const QString zone = local ? shown.timeZoneAbbreviation() : QStringLiteral("UTC");
    const QString pattern = shown.date() == today.date() ? QStringLiteral("HH:mm:ss")
                                                         : QStringLiteral("yyyy-MM-dd HH:mm");
    return shown.toString(pattern) + QLatin1Char(' ') + zone;
}

models::Instant now() { return {QDateTime::currentMSecsSinceEpoch() * 1'000'000}; }

QString countText(int count, const QString& singular) {
    return count == 1 ? QStringLiteral("1 %1").arg(singular)
                      : QStringLiteral("%1 %2s").arg(count).arg(singular);
}

QString shortened(const QString& text, int most) {
    const QString line = text.simplified();
    return line.size() <= most ? line : line.left(most - 1) + QChar(0x2026);
}

} // namespace ui
