// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/probehealth.h"
#include "ui/health/chartcontent.h"
#include "ui/health/timemark.h"
#include "ui/widgets/timewindow.h"

namespace ui {

/// What one probe found in a window of time, ready to be drawn. A value.
struct HealthPicture {
    std::vector<models::HealthSpan> spans;
    std::chrono::milliseconds bucket{0};
    ChartContent latency;
    ChartContent phases;
    ChartContent results;
    TimeMarks changes; ///< where the probe began to fail, to pass or not to be known
    models::HealthSummary whole;

    /// "p50 12 ms, p95 40 ms, 10 ms to 44 ms · 6 passed, 1 failed, 0 unknown": of the bucket there;
    /// or that there is none.
    [[nodiscard]] QString wordsAt(models::Instant at) const;
    /// The bucket of that time or the one that ends last before it; null: none.
    [[nodiscard]] const models::HealthSpan* spanAt(models::Instant at) const;
};

/// pixels: how wide it is to be drawn.
[[nodiscard]] HealthPicture pictureOf(const models::ProbeHealth& probe, const TimeWindow& window,
                                      int pixels);

} // namespace ui
