// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/sustained.h"

#include <algorithm>

namespace models {

namespace {

QString secondsWords(std::int64_t nanoseconds) {
    return valueWords(Quantity{double(nanoseconds) / 1e9, Unit::Time});
}

} // namespace

SustainedVerdict::SustainedVerdict(const Sustain& sustain, std::chrono::milliseconds cadence)
    : m_sustain(sustain)
    , m_cadence(cadence) {}

void SustainedVerdict::add(Instant at, Verdict verdict) {
    if (!m_checks.empty() && at < m_checks.back().at)
        return;
    // Checks of before a gap are no neighbours of those behind it.
    if (m_sustain.kind != Sustain::Kind::Time && !m_checks.empty() && isGap(m_checks.back().at, at))
        m_checks.clear();
    m_checks.push_back({at, verdict});
    if (m_sustain.kind == Sustain::Kind::Time) {
        // One from before the time is kept: it says that the time was seen from its begin.
        const std::int64_t begin =
            at.nanoseconds - std::chrono::nanoseconds(m_sustain.time).count();
        while (m_checks.size() > 1 && m_checks[1].at.nanoseconds <= begin)
            m_checks.pop_front();
    } else {
        while (m_checks.size() > static_cast<size_t>(m_sustain.of))
            m_checks.pop_front();
    }
}

bool SustainedVerdict::isGap(Instant from, Instant to) const {
    return to.nanoseconds - from.nanoseconds > cadencesToAGap * m_cadence.count();
}

Finding SustainedVerdict::standing(Instant now) const {
    if (m_checks.empty())
        return {Verdict::Unknown, u"It was not checked yet."_qs, {}};
    if (isGap(m_checks.back().at, now))
        return {Verdict::Unknown,
                u"It was last checked %1 ago."_qs.arg(
                    secondsWords(now.nanoseconds - m_checks.back().at.nanoseconds)),
                {}};
    return m_sustain.kind == Sustain::Kind::Time ? ofTime(now) : ofChecks();
}

Finding SustainedVerdict::ofChecks() const {
    const auto count = [this](Verdict verdict) {
        return int(std::count_if(m_checks.begin(), m_checks.end(), [verdict](const Check& check) {
            return check.verdict == verdict;
        }));
    };
    const int checked = int(m_checks.size());
    const int passed = count(Verdict::Pass);
    const int notKnown = count(Verdict::Unknown);
    const int toCome = m_sustain.of - checked;
    const QString observed = u"%1 of the last %2 checks"_qs.arg(passed).arg(checked);
    if (passed >= m_sustain.needed)
        return {Verdict::Pass, {}, observed};
    if (passed + notKnown + toCome < m_sustain.needed)
        return {Verdict::Fail, {}, observed};
    return {Verdict::Unknown,
            toCome > 0 ? u"%1 of %2 checks so far."_qs.arg(checked).arg(m_sustain.of)
                       : u"%1 of the last %2 checks are not known."_qs.arg(notKnown).arg(checked),
            observed};
}

Finding SustainedVerdict::ofTime(Instant now) const {
    const std::int64_t time = std::chrono::nanoseconds(m_sustain.time).count();
    const std::int64_t begin = now.nanoseconds - time;
    bool isKnown = true;
    for (size_t i = 0; i < m_checks.size(); ++i) {
        const bool isWithin = m_checks[i].at.nanoseconds >= begin;
        if (isWithin && m_checks[i].verdict == Verdict::Fail)
            return {Verdict::Fail, {}, {}};
        isKnown = isKnown && (!isWithin || m_checks[i].verdict == Verdict::Pass);
        isKnown = isKnown && (i == 0 || !isGap(m_checks[i - 1].at, m_checks[i].at));
    }
    if (m_checks.front().at.nanoseconds > begin)
        return {Verdict::Unknown,
                u"It has been seen for %1 of %2."_qs.arg(
                    secondsWords(now.nanoseconds - m_checks.front().at.nanoseconds),
                    secondsWords(time)),
                {}};
    return isKnown ? Finding{Verdict::Pass, {}, {}}
                   : Finding{Verdict::Unknown, u"Part of that time is not known."_qs, {}};
}

} // namespace models
