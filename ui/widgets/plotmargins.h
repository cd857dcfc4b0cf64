// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/timewindow.h"

#include <algorithm>

namespace ui {

/// What surfaces that stand above one another on one axis of time leave free beside it, in px.
struct PlotMargins {
    int left = 0;
    int right = 0;

    /// Of a surface of this width, at least 1.
    [[nodiscard]] int room(int width) const { return std::max(1, width - left - right); }
    [[nodiscard]] double xOf(models::Instant at, const TimeWindow& window, int width) const {
        return left + window.shareOf(at) * room(width);
    }
    /// 0 to 1, at the ends also for what lies beside the plot.
    [[nodiscard]] double shareAt(double x, int width) const {
        return std::clamp((x - left) / room(width), 0.0, 1.0);
    }
};

} // namespace ui
