// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/chartcontent.h"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

/// A limit that is further away than this would press the data to the ground.
constexpr double limitReach = 3;

} // namespace

double highestOf(const ChartContent& content) {
    double highest = 0;
    for (const models::RangePoint& point : content.range)
        highest = std::max(highest, point.most);
    for (const ChartLine& line : content.lines) {
        for (const models::TracePoint& point : line.points)
            highest = std::max(highest, point.value);
    }
    const double reach = highest * limitReach;
    for (const models::LatencyLimit& limit : content.limits) {
        if (limit.seconds <= reach)
            highest = std::max(highest, limit.seconds * 1.1);
    }
    return highest;
}

ChartScale scaleFor(const ChartContent& content) {
    if (content.unit == ChartUnit::Share)
        return {1, 3};
    const double highest = highestOf(content);
    if (highest <= 0)
        return {0.1, 3};
    const double decade = std::pow(10, std::floor(std::log10(highest)));
    const double part = highest / decade;
    if (part <= 1)
        return {decade, 3};
    if (part <= 2)
        return {2 * decade, 3};
    return part <= 5 ? ChartScale{5 * decade, 6} : ChartScale{10 * decade, 3};
}

QStringList tickWords(const ChartScale& scale, ChartUnit unit) {
    const bool isShare = unit == ChartUnit::Share;
    const bool isLong = scale.top >= 1;
    const double factor = isShare ? 100 : isLong ? 1 : 1000;
    const QString sign = isShare  ? QStringLiteral("%")
                         : isLong ? QStringLiteral("s")
                                  : QStringLiteral("ms");
    const double step = scale.top * factor / (scale.ticks - 1);
    const int digits = step >= 1 && step == std::floor(step) ? 0 : step >= 0.1 ? 1 : 2;
    QStringList words;
    for (int tick = 0; tick < scale.ticks; ++tick)
        words.append(QStringLiteral("%1 %2").arg(QString::number(step * tick, 'f', digits), sign));
    return words;
}

} // namespace ui
