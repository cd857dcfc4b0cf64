// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/health/boundedring.h"
#include "models/health/conditionreading.h"

#include <QStringList>

#include <chrono>

namespace models {

/// A number of an environment that is asked for again and again. A value.
struct Metric {
    enum class Kind : std::uint8_t {
        Prometheus, ///< query is PromQL, whose answer is to be one number
        Command,    ///< query is a command for `sh -c`, at place, whose output is a number
    };
    /// What its numbers are counted in.
    enum class Scale : std::uint8_t { Plain, Ratio, Percent, Seconds, Milliseconds, Bytes };

    QString name;
    Kind kind = Kind::Prometheus;
    QString query;
    QString place; ///< a host of the environment, or "local": of a command
    Scale scale = Scale::Plain;
    std::chrono::milliseconds every{15'000};

    bool operator==(const Metric&) const = default;
};

/// "ratio", "percent", "s", "ms", "bytes": as gantry.yaml writes it; empty for Plain.
[[nodiscard]] QString scaleWord(Metric::Scale scale);
[[nodiscard]] std::optional<Metric::Scale> scaleFromWord(const QString& word);
/// A number counted by that scale: 250 ms is a time of 0.25 s, 12 percent are 0.12.
[[nodiscard]] Quantity quantityOf(double number, Metric::Scale scale);
/// How people read it: ratios and percents with a %.
[[nodiscard]] NumberForm formOf(Metric::Scale scale);

/// One reading of a metric: a Quantity, or Missing with its reason.
struct MetricReading {
    Instant at;
    HealthValue value = Missing{};

    bool operator==(const MetricReading&) const = default;
};

/// A metric and its newest readings. Changes by what is read alone; no clock.
class MetricHealth {
public:
    explicit MetricHealth(Metric metric);

    [[nodiscard]] const Metric& metric() const { return m_metric; }
    /// In order of time; one that is older than the newest is left out.
    void take(const MetricReading& reading);
    [[nodiscard]] const std::optional<MetricReading>& last() const { return m_last; }

    /// The last one by then; Missing where that is too long ago, or came to nothing.
    [[nodiscard]] HealthAnswer value(Instant now) const;
    /// p50 to p99, avg, min, max, count, coverage, and what prom() asks, which is the average.
    [[nodiscard]] HealthAnswer overTime(const WindowQuestion& question, Instant now,
                                        std::uint64_t least) const;

    /// One number as it is kept.
    struct Sample {
        Instant at;
        double number = 0; ///< NaN: not known
    };
    /// Oldest first: at most the newest 8,640, a day of one each ten seconds.
    [[nodiscard]] std::vector<Sample> samples(Instant from, Instant to) const;

private:
    Metric m_metric;
    BoundedRing<Sample> m_samples;
    std::optional<MetricReading> m_last;
};

} // namespace models
