// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/probeschedule.h"

#include "models/core/sha256.h"

#include <algorithm>

namespace models {

namespace {

constexpr std::int64_t second = 1'000'000'000;
/// The first checks are spread over this, whatever their cadence.
constexpr std::int64_t firstSpread = second;
constexpr std::int64_t leastCadence = second / 10;

/// The same at each start, and evenly spread.
std::int64_t spread(const QByteArray& key, std::int64_t span) {
    const QByteArray digest = sha256(key);
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i)
        number = number << 8 | static_cast<unsigned char>(digest[i]);
    return static_cast<std::int64_t>(number % static_cast<std::uint64_t>(span));
}

} // namespace

std::size_t ProbeSchedule::add(const QByteArray& key, std::chrono::milliseconds every,
                               Instant now) {
    const std::int64_t cadence =
        std::max(leastCadence, std::int64_t(std::chrono::nanoseconds(every).count()));
    const std::size_t number = m_entries.size();
    m_entries.push_back({cadence, spread(key, cadence)});
    m_due.emplace(now.nanoseconds + spread(key, std::min(firstSpread, cadence)), number);
    return number;
}

void ProbeSchedule::clear() {
    m_entries.clear();
    m_due.clear();
}

std::vector<ProbeSchedule::Check> ProbeSchedule::take(Instant now) {
    std::vector<Check> checks;
    while (!m_due.empty() && m_due.begin()->first <= now.nanoseconds) {
        checks.push_back({m_due.begin()->second, {m_due.begin()->first}});
        m_due.erase(m_due.begin());
    }
    return checks;
}

void ProbeSchedule::takeEarly(std::size_t number) {
    const auto due = std::find_if(m_due.begin(), m_due.end(),
                                  [number](const auto& entry) { return entry.second == number; });
    if (due != m_due.end())
        m_due.erase(due);
}

void ProbeSchedule::finish(std::size_t number, Instant now) {
    if (number >= m_entries.size())
        return;
    const Entry& entry = m_entries[number];
    const std::int64_t periods = (now.nanoseconds - entry.phase) / entry.every + 1;
    m_due.emplace(periods * entry.every + entry.phase, number);
}

Instant ProbeSchedule::next() const {
    return m_due.empty() ? Instant() : Instant{m_due.begin()->first};
}

} // namespace models
