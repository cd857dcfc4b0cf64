// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/instant.h"

#include <QTimeZone>

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
    QDateTime whole = QDateTime::fromString(text.left(19).toString(),
                                            QStringLiteral("yyyy-MM-ddTHH:mm:ss"));
    bool ok = false;
    const std::int64_t rest = text.mid(20, 9).toLongLong(&ok);
    // Nanoseconds in 64 bits reach from 1677 to 2262; the whole years in between are accepted.
    if (!whole.isValid() || !ok || rest < 0 || whole.date().year() < 1678 ||
        whole.date().year() > 2261)
        return {};
    whole.setTimeSpec(Qt::UTC);
    return {whole.toSecsSinceEpoch() * second + rest};
}

} // namespace models
