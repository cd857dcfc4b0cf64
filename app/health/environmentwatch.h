// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/healthservice.h"
#include "app/health/metricsource.h"
#include "models/health/conditionreplay.h"
#include "models/health/environmentsource.h"
#include "models/health/trigger.h"

#include <QObject>
#include <QTimer>

namespace app {

class LogWatch;

/// Watches the metrics and triggers of an open workspace's environments, beside the probes of
/// HealthService: reads metrics when they are due, and decides triggers on what was observed.
/// Nothing is read before the workspace is trusted. Main thread.
class EnvironmentWatch final : public QObject {
    Q_OBJECT

public:
    /// One environment. A value.
    struct Watched {
        QString name;
        std::vector<std::size_t> metrics;  ///< numbers, for metric()
        std::vector<std::size_t> triggers; ///< numbers, for trigger()
    };

    /// health, prober and source outlive it. now: of the system's clock, where nothing else is
    /// given.
    EnvironmentWatch(HealthService& health, Prober& prober, MetricSource& source,
                     HealthService::Now now = {}, QObject* parent = nullptr);
    ~EnvironmentWatch() override;
    /// From now on conditions know these logs, too. logs outlives it.
    void readLogs(const LogWatch& logs) { m_logs = &logs; }

    /// Of the same workspace.
    [[nodiscard]] HealthService& health() const { return m_health; }
    /// What was counted of a service's logs; nothing where none is followed.
    [[nodiscard]] std::vector<const models::LogTally*> tallies(const QString& environment,
                                                               const QString& service) const;

    /// In the order of the file; those that have a metric or a trigger.
    [[nodiscard]] const std::vector<Watched>& environments() const { return m_environments; }
    [[nodiscard]] const Watched* environment(const QString& name) const;
    [[nodiscard]] const models::MetricHealth& metric(std::size_t number) const {
        return m_metrics[number].health;
    }
    [[nodiscard]] const models::TriggerWatch& trigger(std::size_t number) const {
        return m_triggers[number].watch;
    }
    /// What the environment comes to by a condition, at this moment, as for a trigger.
    [[nodiscard]] models::ConditionReading read(const QString& environment,
                                                const models::Condition& condition) const;
    /// The same for whoever keeps readings of its own: calls ask once, with what the environment
    /// answers at this moment to a run that is about this target.
    void consult(const QString& environment, const models::Target& target,
                 const std::function<void(const models::HealthSource&)>& ask) const;
    /// Where it would have held in the time before this moment, checked as often.
    [[nodiscard]] std::vector<models::ReplaySpan> replay(const QString& environment,
                                                         const models::Condition& condition,
                                                         std::chrono::milliseconds past,
                                                         std::chrono::milliseconds every) const;

Q_SIGNALS:
    /// Other environments, metrics or triggers.
    void rebuilt();
    /// A metric was read, or a trigger decided.
    void observed(const QString& environment);
    /// A trigger began to hold, or is over.
    void triggerTurned(std::size_t trigger);

private:
    struct MetricEntry {
        std::size_t environment = 0;
        models::MetricHealth health;
    };
    struct TriggerEntry {
        std::size_t environment = 0;
        models::TriggerWatch watch;
    };

    void rebuild();
    void add(const models::Environment& environment, std::vector<MetricEntry>& old);
    void schedule();
    void begin(std::size_t number, models::Instant due);
    void readMetric(std::size_t number, models::Instant due);
    void readPast(std::size_t number, const models::PrometheusServer& server,
                  const MetricSource::Done& done);
    void take(std::size_t number, const models::MetricReading& reading);
    void decide(std::size_t number);
    void finish(std::size_t check);
    [[nodiscard]] std::vector<models::ServiceHealth> servicesOf(const QString& environment) const;
    [[nodiscard]] std::vector<const models::MetricHealth*>
    metricsOf(const QString& environment) const;

    HealthService& m_health;
    Prober& m_prober;
    MetricSource& m_source;
    HealthService::Now m_now;
    const LogWatch* m_logs = nullptr;
    QList<models::Environment> m_declared; ///< what those were made of
    std::vector<Watched> m_environments;
    std::vector<MetricEntry> m_metrics;
    std::vector<TriggerEntry> m_triggers;
    models::ProbeSchedule m_schedule; ///< metrics, and behind them triggers
    QTimer m_timer;
    quint64 m_generation = 0; ///< answers to an earlier one are dropped
};

} // namespace app
