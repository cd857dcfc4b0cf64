// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/health/healthrecord.h"
#include "models/health/healthseries.h"
#include "models/health/observation.h"
#include "models/health/phaseseries.h"
#include "models/health/probe.h"
#include "models/health/sustained.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace models {

/// A time in which a service may be away. From inclusive, until exclusive.
struct Maintenance {
    Instant from;
    Instant until;
    QString reason; ///< may be empty

    [[nodiscard]] bool holds(Instant at) const { return from <= at && at < until; }
    /// Its end lies behind all that an Instant can tell.
    [[nodiscard]] bool isEndless() const {
        return until.nanoseconds == std::numeric_limits<std::int64_t>::max();
    }
    bool operator==(const Maintenance&) const = default;
};

/// In the order in which they are told: the first is what somebody has to look at first.
enum class HealthState : std::uint8_t {
    Failing,
    Stale,       ///< it was known, and that is too long ago
    Unknown,     ///< looked at, and not to be decided
    Wavering,    ///< otherwise than before, and not yet often enough to count
    Unchecked,   ///< nobody looked yet
    Maintenance, ///< whatever it is, it is meant to be
    Warning,     ///< it passes, and will not for long
    Passing,
};

/// What is known about something now. Only what passes now passes: see verdict().
struct HealthStanding {
    HealthState state = HealthState::Unchecked;
    Verdict wavering = Verdict::Unknown; ///< what still counts, of one that wavers
    QString words;                       ///< why, a sentence or what a condition came to
    Instant at;                          ///< when it was last looked at; null: never

    [[nodiscard]] Verdict verdict() const;
    bool operator==(const HealthStanding&) const = default;
};

/// One tick of a bar of checks.
enum class Beat : std::uint8_t { None, Passed, Failed, Unknown };

/// One probe of a service, and what came of it. Changes by what is observed alone; no clock.
class ProbeHealth {
public:
    /// An error is that of the probe's condition.
    [[nodiscard]] static Result<ProbeHealth> make(const Probe& probe);

    [[nodiscard]] const Probe& probe() const { return m_probe; }
    /// What has to hold, also where it goes without saying.
    [[nodiscard]] const Condition& pass() const { return m_pass; }
    [[nodiscard]] const HealthSeries& series() const { return m_series; }
    [[nodiscard]] const PhaseSeries& phases() const { return m_phases; }
    [[nodiscard]] const std::optional<Observation>& last() const { return m_last; }
    /// What the last observation was decided on.
    [[nodiscard]] const std::optional<ProbeReply>& lastReply() const { return m_lastReply; }

    /// What still counts after retries.
    [[nodiscard]] Verdict settled() const { return m_settled; }

    /// Decides the reply and counts it; as what, is the answer, or nothing where it is older than
    /// the last one. What comes in a maintenance is shown, and counts neither as passed nor as
    /// failed.
    std::optional<CheckRecord> take(ProbeReply reply, const QList<Maintenance>& maintenance);
    /// What it found before the program began, in place of what it has.
    void restore(HealthSeries series, PhaseSeries phases);
    /// Its last check of that time; counts as long as it has none of its own.
    void restoreLast(Observation last, Verdict settled);
    [[nodiscard]] HealthStanding standing(Instant now, const QList<Maintenance>& maintenance) const;
    /// The newest checks, oldest first; a check that did not come when it was due is None.
    [[nodiscard]] std::vector<Beat> beats(std::size_t count, Instant now) const;

private:
    ProbeHealth(Probe probe, Condition pass);

    void settle(Verdict verdict);
    /// What is to be said of a certificate whose end is near; empty: nothing.
    [[nodiscard]] QString warningWords(Instant now) const;

    Probe m_probe;
    Condition m_pass;
    HealthSeries m_series;
    PhaseSeries m_phases;
    SustainedVerdict m_sustained;
    std::optional<Observation> m_last;
    std::optional<ProbeReply> m_lastReply;
    Verdict m_settled = Verdict::Unknown;
    std::optional<Verdict> m_known; ///< the last settled one that was not Unknown
    int m_against = 0;              ///< checks in a row that speak against it
};

/// How long after its last check a probe is stale.
[[nodiscard]] std::chrono::nanoseconds stalenessOf(const Probe& probe);

/// The worst of them, with its words.
[[nodiscard]] HealthStanding worstOf(const QList<HealthStanding>& standings);

} // namespace models
