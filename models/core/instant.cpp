// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"

#include <algorithm>

namespace models {

namespace {
constexpr std::int64_t second = 1'000'000'000;
}

QString Instant::toString() const {
    std::int64_t seconds = nanoseconds / second;
    std::int64_t rest = nanoseconds % second;
    if (rest < 0) {
        rest += second;
        --seconds;
    }
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC)
               .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) +
           QStringLiteral(".%1Z").arg(rest, 9, 10, QLatin1Char('0'));
}

Instant Instant::fromString(QStringView text) {
    if (text.size() != 30 || text[19] != QLatin1Char('.') || text[29] != QLatin1Char('Z'))
        return {};
    // Apart, and never as a local time: where clocks are put forward, some of those do not exist.
    const QDate date = QDate::fromString(text.left(10).toString(), QStringLiteral("yyyy-MM-dd"));
    const QTime time = QTime::fromString(text.mid(11, 8).toString(), QStringLiteral("HH:mm:ss"));
    const QStringView fraction = text.mid(20, 9);
    const bool areDigits = std::all_of(fraction.begin(), fraction.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
    // Nanoseconds in 64 bits reach from 1677 to 2262; the whole years in between are accepted.
    if (!date.isValid() || !time.isValid() || text[10] != QLatin1Char('T') || !areDigits ||
        date.year() < 1678 || date.year() > 2261)
        return {};
    return {QDateTime(date, time, Qt::UTC).toSecsSinceEpoch() * second + fraction.toLongLong()};
}

} // namespace models
