// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/verdict.h"
#include "models/health/condition.h"

#include <deque>

namespace models {

/// Jitter and a slow answer are no gap between two checks; one that did not come at all is one.
inline constexpr int cadencesToAGap = 3;

/// Where a condition with its "for" stands, from one check after the other. A value; it reads no
/// clock.
///
/// "for 2 of 3 checks" asks the newest three: so many of them must pass, and one that is not known
/// is taken for neither. "for 5m" asks every check of that time. Checks that did not come when they
/// were due leave a gap: what was before it counts no more among checks, and the time is not known.
class SustainedVerdict {
public:
    /// cadence: time between two checks.
    SustainedVerdict(const Sustain& sustain, std::chrono::milliseconds cadence);

    /// In order of time; one that is older than the newest is left out.
    void add(Instant at, Verdict verdict);
    /// With its reason where it is not known: "3 of 5 checks so far", "last checked 45 s ago".
    [[nodiscard]] Finding standing(Instant now) const;

private:
    struct Check {
        Instant at;
        Verdict verdict = Verdict::Unknown;
    };

    [[nodiscard]] bool isGap(Instant from, Instant to) const;
    [[nodiscard]] Finding ofChecks() const;
    [[nodiscard]] Finding ofTime(Instant now) const;

    Sustain m_sustain;
    std::chrono::nanoseconds m_cadence;
    std::deque<Check> m_checks;
};

} // namespace models
