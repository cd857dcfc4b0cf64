// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/core/verdict.h"

#include <QList>

#include <optional>

namespace models {

/// What a row of the axis is about.
enum class TimelineLane { Version, Health, Wave, Step, Gate, Trigger, Watch, Person };

/// From when to when something was so.
struct TimelineSpan {
    Instant from;
    Instant to; ///< equal to from: it was a moment; null: it goes on
    /// What it came to; nothing where it is neither good nor bad, or not decided yet.
    std::optional<Verdict> verdict;
    QString words; ///< what it was, without its time
    StepId step;   ///< that it is about; empty: none

    bool operator==(const TimelineSpan&) const = default;
};

struct TimelineRow {
    TimelineLane lane = TimelineLane::Step;
    QString name;
    QList<TimelineSpan> spans; ///< by their beginning

    bool operator==(const TimelineRow&) const = default;
};

} // namespace models
