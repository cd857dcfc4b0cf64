// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbook.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

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
    static constexpr std::pair<QStringView, Milliseconds> units[] = {
        {u"ms", Milliseconds(1)},        {u"s", std::chrono::seconds(1)},
        {u"m", std::chrono::minutes(1)}, {u"h", std::chrono::hours(1)},
        {u"d", std::chrono::hours(24)},
    };
    static const QRegularExpression form(QStringLiteral("^(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h|d)\\z"));
    const auto match = form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    const auto unit = std::find_if(std::begin(units), std::end(units), [&match](const auto& one) {
        return one.first == match.capturedView(2);
    });
    const double count = match.capturedView(1).toDouble() * double(unit->second.count());
    // A year at most: longer is a slip, and would overflow a timer.
    constexpr Milliseconds most = std::chrono::days(366);
    if (count > double(most.count()))
        return std::nullopt;
    return Milliseconds(std::llround(count));
}

} // namespace models
