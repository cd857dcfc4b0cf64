// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbook.h"

namespace models {

bool Options::flag(QLatin1String key, bool fallback) const {
    const QString value = values.value(QString(key)).toLower();
    if (value == QLatin1String("true")) {
        return true;
    }
    return value == QLatin1String("false") ? false : fallback;
}

std::optional<std::chrono::milliseconds> Options::duration(QLatin1String key) const {
    return durationFromText(values.value(QString(key)));
}

std::optional<std::chrono::milliseconds> durationFromText(QStringView text) {
    using Milliseconds = std::chrono::milliseconds;
    const QStringView trimmed = text.trimmed();
    qsizetype digits = 0;
    while (digits < trimmed.size() && trimmed[digits] >= u'0' && trimmed[digits] <= u'9') {
        ++digits;
    }
    bool isNumber = false;
    const qlonglong amount = trimmed.first(digits).toLongLong(&isNumber);
    const QStringView unit = trimmed.sliced(digits).trimmed();
    // A year of milliseconds at most: longer is a slip, and would overflow a timer.
    const auto in = [&](qlonglong factor) -> std::optional<Milliseconds> {
        constexpr qlonglong most = 366LL * 24 * 3600 * 1000;
        return amount > most / factor ? std::nullopt
                                      : std::optional<Milliseconds>(Milliseconds(amount * factor));
    };
    if (!isNumber) {
        return std::nullopt;
    }
    if (unit == u"ms") {
        return in(1);
    }
    if (unit == u"s") {
        return in(1000);
    }
    if (unit == u"m") {
        return in(60'000);
    }
    if (unit == u"h") {
        return in(3'600'000);
    }
    return unit == u"d" ? in(86'400'000) : std::nullopt;
}

} // namespace models
