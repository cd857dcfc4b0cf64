// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"
#include "models/health/metric.h"

#include <functional>

namespace app {

/// Reads metrics from a server. Main thread.
class MetricSource {
public:
    /// Called once, and never after the source's end.
    using Done = std::function<void(models::MetricReading)>;
    /// The readings of the time before, in its order; none where the server has none.
    using PastDone = std::function<void(QList<models::MetricReading>)>;

    MetricSource() = default;
    virtual ~MetricSource() = default;
    Q_DISABLE_COPY_MOVE(MetricSource)

    virtual void read(const models::PrometheusServer& server, const models::Metric& metric,
                      models::Instant now, Done done) = 0;
    /// What there was from then on, one reading each `every` of the metric.
    virtual void readPast(const models::PrometheusServer& server, const models::Metric& metric,
                          models::Instant from, models::Instant to, PastDone done) = 0;
};

} // namespace app
