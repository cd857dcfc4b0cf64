// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/healthtraces.h"
#include "ui/theme/tokens.h"

#include <QColor>
#include <QString>

#include <algorithm>
#include <vector>

namespace ui {

/// What values of a chart count.
enum class ChartUnit {
    Seconds,
    Share, ///< 0 to 1, told in percent
};

/// One line of a chart, told apart by its colour and by its name in the words at the cursor.
struct ChartLine {
    QString name;
    QColor colour;
    models::TracePoints points; ///< in the order of time
};

/// A part of the checks of a bucket, from the bottom up.
struct ChartColumn {
    models::Instant first;
    models::Instant last;
    double failed = 0;  ///< share
    double unknown = 0; ///< share
    double passed = 0;  ///< share
};

/// What one chart draws, few points of it: about one in 4 px.
struct ChartContent {
    QString title;
    ChartUnit unit = ChartUnit::Seconds;
    std::vector<models::RangePoint> range; ///< from the least to the most, tinted
    QString rangeName;
    std::vector<ChartLine> lines;
    std::vector<ChartColumn> columns;
    QList<models::LatencyLimit> limits; ///< what is above is tinted
    QString absence;                    ///< why there is nothing, where there is nothing

    [[nodiscard]] bool isEmpty() const {
        return range.empty() && columns.empty() &&
               std::all_of(lines.begin(), lines.end(),
                           [](const ChartLine& line) { return line.points.empty(); });
    }
};

/// The highest value that is drawn, limits included where data comes near them.
[[nodiscard]] double highestOf(const ChartContent& content);

/// A scale from 0 to a round value above the highest.
struct ChartScale {
    double top = 1;
    int ticks = 3; ///< with those at 0 and at the top
};
[[nodiscard]] ChartScale scaleFor(const ChartContent& content);
/// What its ticks say, from 0 to the top: "0 ms", "50 ms", "100 ms".
[[nodiscard]] QStringList tickWords(const ChartScale& scale, ChartUnit unit);

} // namespace ui
