// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/health/boundedring.h"
#include "models/health/observation.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace models {

/// The parts of an exchange that are told apart, in the order in which they come. The total is the
/// series' own.
enum class Phase : std::uint8_t { Lookup, Connect, Tls, FirstByte };
inline constexpr std::size_t phaseCount = 4;
inline constexpr std::array phases{Phase::Lookup, Phase::Connect, Phase::Tls, Phase::FirstByte};

/// Where the time went in a span: means in seconds, each of the checks that had this phase.
struct PhaseSpan {
    Instant begin;
    Instant end;
    std::array<std::optional<double>, phaseCount> means;
};

/// The phases of one probe's checks, as means: of 10 s for two hours, of 5 min for 7 days, of an
/// hour for 90 days, in 230 kB at most. Times come in order.
class PhaseSeries {
public:
    /// What a slot has counted, as it is kept.
    struct Row {
        std::uint32_t slot = 0; ///< time by the level's resolution
        std::array<float, phaseCount> sums{};
        std::array<std::uint16_t, phaseCount> counts{};
    };

    PhaseSeries();

    /// Of a check that passed. The newest 3,600 are kept one by one, too.
    void push(Instant at, const ProbePhases& phases);
    /// A slot of 5 minutes or of an hour that was counted earlier; of each the oldest first, and
    /// before anything is pushed.
    void restore(std::chrono::seconds resolution, const Row& row);

    /// Slots of the finest resolution that reaches back to from, as long as they are no more than a
    /// thousand; only those in which something was measured.
    [[nodiscard]] std::vector<PhaseSpan> spans(Instant from, Instant to) const;
    /// Of single checks, in seconds; those without this phase are left out. Nothing where checks
    /// of that time are counted in slots alone.
    [[nodiscard]] std::optional<std::vector<double>> times(Phase phase, Instant from,
                                                           Instant to) const;
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Single {
        Instant at;
        std::array<float, phaseCount> seconds{}; ///< negative: none
    };
    struct Level {
        Level(std::chrono::seconds slotLength, std::chrono::seconds reach)
            : resolution(slotLength)
            , rows(static_cast<std::size_t>(reach / slotLength)) {}

        std::chrono::seconds resolution;
        BoundedRing<Row> rows;
    };

    [[nodiscard]] bool reaches(std::size_t level, Instant from) const;

    std::array<Level, 3> m_levels; ///< fine to coarse
    BoundedRing<Single> m_singles;
};

} // namespace models
