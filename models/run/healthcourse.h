// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/healthtraces.h"
#include "models/health/logtally.h"
#include "models/health/probehealth.h"
#include "models/run/timelinerow.h"

namespace models {

/// A latency along the axis.
struct TimelineCurve {
    QString name;
    TracePoints points; ///< seconds

    [[nodiscard]] double highest() const;
};

/// How services fared while a run was under way.
struct HealthCourse {
    QList<TimelineRow> rows; ///< of the lane Health
    QList<TimelineCurve> curves;
};

/// How one probe fared: from when to when it came to what, and the p95 of what was measured.
void addCourse(HealthCourse& course, const QString& name, const ProbeHealth& probe, Instant from,
               Instant to);

/// Adds a row for each class of which many lines came at once in that time.
void addBursts(HealthCourse& course, const QString& service, const LogTally& tally, Instant from,
               Instant to);

} // namespace models
