// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/health/metric.h"

#include <QByteArrayView>

namespace models {

/// Reads what Prometheus answers to an instant query, as its HTTP API v1 describes it. One number,
/// a scalar or a vector of one series, is a value; nothing at all, several series, NaN, an
/// infinity, an error and what is no such answer are Missing with the reason. asked: an answer that
/// speaks of another time than a few minutes around it is Missing.
[[nodiscard]] MetricReading readPrometheusAnswer(QByteArrayView bytes, Metric::Scale scale,
                                                 Instant asked);

/// The same of a range query: readings in the order of time, of one series. A sample that is no
/// number is among them as Missing.
[[nodiscard]] Result<QList<MetricReading>> readPrometheusRange(QByteArrayView bytes,
                                                               Metric::Scale scale);

} // namespace models
