// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/phaseseries.h"

#include <algorithm>
#include <limits>

namespace models {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr std::int64_t mostSpans = 1'000;
constexpr std::size_t mostSingles = 3'600;

Instant beginOf(std::uint32_t slot, seconds resolution) {
    return {nanoseconds(resolution).count() * slot};
}

} // namespace

PhaseSeries::PhaseSeries()
    : m_levels{Level(seconds(10), hours(2)), Level(minutes(5), days(7)), Level(hours(1), days(90))}
    , m_singles(mostSingles) {}

void PhaseSeries::push(Instant at, const ProbePhases& measured) {
    const std::array<ProbePhases::Time, phaseCount> times{measured.lookup, measured.connect,
                                                          measured.tls, measured.firstByte};
    if (at.nanoseconds < 0 ||
        std::none_of(times.begin(), times.end(), [](const auto& time) { return time.has_value(); }))
        return;
    Single single{at, {}};
    for (std::size_t i = 0; i < phaseCount; ++i)
        single.seconds[i] = times[i] ? static_cast<float>(double(times[i]->count()) / 1e9) : -1;
    m_singles.push(single);
    for (Level& level : m_levels) {
        const auto slot =
            static_cast<std::uint32_t>(at.nanoseconds / nanoseconds(level.resolution).count());
        if (level.rows.isEmpty() || level.rows.back().slot < slot)
            level.rows.push({slot});
        Row& row = level.rows.back();
        for (std::size_t i = 0; i < phaseCount; ++i) {
            if (!times[i] || row.counts[i] == std::numeric_limits<std::uint16_t>::max())
                continue;
            row.sums[i] += single.seconds[i];
            ++row.counts[i];
        }
    }
}

void PhaseSeries::restore(seconds resolution, const Row& row) {
    for (Level& level : m_levels) {
        if (level.resolution == resolution)
            level.rows.push(row);
    }
}

/// What was restored is in the coarser levels alone: a finer one reaches as far as its own rows.
bool PhaseSeries::reaches(std::size_t number, Instant from) const {
    const Level& level = m_levels[number];
    const Instant own = level.rows.isEmpty() ? Instant{std::numeric_limits<std::int64_t>::max()}
                                             : beginOf(level.rows.at(0).slot, level.resolution);
    return own <= from ||
           std::all_of(m_levels.begin() + static_cast<std::ptrdiff_t>(number) + 1, m_levels.end(),
                       [own](const Level& coarser) {
                           return coarser.rows.isEmpty() ||
                                  own < beginOf(coarser.rows.at(0).slot + 1, coarser.resolution);
                       });
}

std::vector<PhaseSpan> PhaseSeries::spans(Instant from, Instant to) const {
    const nanoseconds range(to.nanoseconds - from.nanoseconds);
    std::size_t chosen = 0;
    while (chosen + 1 < m_levels.size() &&
           (range / m_levels[chosen].resolution > mostSpans || !reaches(chosen, from)))
        ++chosen;
    const Level& level = m_levels[chosen];
    std::vector<PhaseSpan> spans;
    const std::size_t first = level.rows.firstNot(
        [&](const Row& row) { return beginOf(row.slot + 1, level.resolution) <= from; });
    for (std::size_t i = first; i < level.rows.size(); ++i) {
        const Row& row = level.rows.at(i);
        PhaseSpan span{
            beginOf(row.slot, level.resolution), beginOf(row.slot + 1, level.resolution), {}};
        if (span.begin >= to)
            break;
        for (std::size_t phase = 0; phase < phaseCount; ++phase) {
            if (row.counts[phase] > 0)
                span.means[phase] = double(row.sums[phase]) / row.counts[phase];
        }
        spans.push_back(span);
    }
    return spans;
}

std::optional<std::vector<double>> PhaseSeries::times(Phase phase, Instant from, Instant to) const {
    if (m_singles.hasForgotten() && from < m_singles.at(0).at)
        return std::nullopt;
    std::vector<double> seconds;
    for (std::size_t i = m_singles.firstNot([from](const Single& one) { return one.at < from; });
         i < m_singles.size() && m_singles.at(i).at < to; ++i) {
        const float time = m_singles.at(i).seconds[static_cast<std::size_t>(phase)];
        if (time >= 0)
            seconds.push_back(double(time));
    }
    return seconds;
}

std::size_t PhaseSeries::bytes() const {
    std::size_t bytes = m_singles.bytes();
    for (const Level& level : m_levels)
        bytes += level.rows.bytes();
    return bytes;
}

} // namespace models
