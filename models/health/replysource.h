// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/conditionreading.h"
#include "models/health/observation.h"
#include "models/health/probe.h"

namespace models {

class HealthSeries;
class PhaseSeries;
struct SeriesWindow;

/// What one reply of a probe answers: http, body, tls, tcp, exit, output and container, as far as
/// its kind observes them, and over time the checks before it. All of them outlive it.
class ReplySource final : public HealthSource {
public:
    ReplySource(const Probe& probe, const ProbeReply& reply, const HealthSeries& past,
                const PhaseSeries* pastPhases = nullptr);

    [[nodiscard]] HealthAnswer value(const HealthPath& path) const override;
    [[nodiscard]] HealthAnswer overTime(const WindowQuestion& question) const override;
    /// The same of any checks of such a probe; path is what is asked of it.
    [[nodiscard]] static HealthAnswer overTime(const SeriesWindow& checks, Probe::Kind kind,
                                               const HealthPath& path,
                                               const WindowQuestion& question);

private:
    [[nodiscard]] HealthValue ofBody(const HealthPath& path) const;
    [[nodiscard]] HealthValue ofHttp(const HealthPath& path) const;
    [[nodiscard]] HealthValue ofHeader(const QString& name) const;
    [[nodiscard]] HealthValue ofPhase(const QString& field) const;
    [[nodiscard]] HealthValue ofTcp(const HealthPath& path) const;
    [[nodiscard]] HealthValue ofCertificate(const HealthPath& path) const;
    [[nodiscard]] HealthValue ofOutput() const;

    const Probe& m_probe;
    const ProbeReply& m_reply;
    const HealthSeries& m_past;
    const PhaseSeries* m_phases;
};

} // namespace models
