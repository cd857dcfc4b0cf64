// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/health/conditionreading.h"
#include "models/health/logtally.h"
#include "models/health/metric.h"
#include "models/health/probehealth.h"

#include <QMap>

namespace models {

/// A service as conditions of its environment see it. Points into what outlives it.
struct ServiceHealth {
    QString name;
    std::vector<const ProbeHealth*> probes;
    QMap<QString, Quantity> references; ///< as of its probes: "sla.p95" → 0.5 s
    std::vector<const LogTally*> logs = {};
};

/// What an environment answers to a gate, a trigger or a check of its own. A path begins with a
/// service, and names the probe behind it where there are several: `portal.http.total`,
/// `portal.health.body.ok`. `sla` and `baseline` belong to a service too; the service may be left
/// out where there is one only. `log.CLASS` is of all services, `portal.log.CLASS` of one. A metric
/// goes by its name. Older than it should be is Missing.
/// Of a moment in the past it answers what was known then, as far as that is kept.
class EnvironmentSource final : public HealthSource {
public:
    /// services and metrics outlive it. least: samples below which a window says nothing.
    EnvironmentSource(const std::vector<ServiceHealth>& services,
                      const std::vector<const MetricHealth*>& metrics, Instant now,
                      std::uint64_t least);

    /// `target.commit`, `target.SERVICE.version`: what a run is about. Without one it is Missing.
    void setTarget(QMap<QString, QString> target) { m_target = std::move(target); }

    [[nodiscard]] HealthAnswer value(const HealthPath& path) const override;
    [[nodiscard]] HealthAnswer overTime(const WindowQuestion& question) const override;

private:
    struct Found {
        const ServiceHealth* service = nullptr;
        HealthPath rest;
        QString problem; ///< why there is no service
    };

    [[nodiscard]] Found serviceOf(const HealthPath& path) const;
    [[nodiscard]] tl::expected<std::pair<const ProbeHealth*, HealthPath>, Missing>
    probeOf(const HealthPath& path) const;
    [[nodiscard]] HealthAnswer ofProbe(const ProbeHealth& health, const HealthPath& path,
                                       const WindowQuestion& question) const;
    [[nodiscard]] HealthAnswer ofAllProbes(const ServiceHealth& service, const HealthPath& path,
                                           const WindowQuestion& question) const;
    [[nodiscard]] std::optional<Missing> staleness(const ProbeHealth& health, Instant last) const;
    [[nodiscard]] bool wasChecked(const ProbeHealth& health) const;
    [[nodiscard]] const MetricHealth* metric(const QString& name) const;
    [[nodiscard]] HealthAnswer ofLogs(const HealthPath& path, const WindowQuestion& question) const;
    [[nodiscard]] HealthAnswer ofTarget(const HealthPath& path) const;

    const std::vector<ServiceHealth>& m_services;
    const std::vector<const MetricHealth*>& m_metrics;
    Instant m_now;
    std::uint64_t m_least;
    QMap<QString, QString> m_target;
};

} // namespace models
