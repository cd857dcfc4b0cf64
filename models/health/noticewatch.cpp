// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/noticewatch.h"

#include <utility>

namespace models {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds unknownBefore = 1min;

/// What there is to tell of a standing: whether it passes, warns, fails or is not known.
HealthState toTell(const HealthStanding& standing, std::optional<HealthState> told) {
    if (standing.state == HealthState::Warning)
        return HealthState::Warning;
    switch (standing.verdict()) {
    case Verdict::Pass: {
        // What wavers is as it was.
        const bool warnsStill =
            standing.state == HealthState::Wavering && told == HealthState::Warning;
        return warnsStill ? HealthState::Warning : HealthState::Passing;
    }
    case Verdict::Fail:
        return HealthState::Failing;
    case Verdict::Unknown:
        break;
    }
    return HealthState::Unknown;
}

QString titleOf(const QString& subject, HealthState state, std::optional<HealthState> before) {
    switch (state) {
    case HealthState::Passing:
        return before == HealthState::Warning ? u"%1 warns no more"_qs.arg(subject)
                                              : u"%1 passes again"_qs.arg(subject);
    case HealthState::Warning:
        return u"%1 warns"_qs.arg(subject);
    case HealthState::Failing:
        return u"%1 fails"_qs.arg(subject);
    default:
        return u"%1 is not known"_qs.arg(subject);
    }
}

} // namespace

std::optional<Notice> NoticeWatch::take(const HealthStanding& standing, Instant now) {
    if (standing.state == HealthState::Maintenance || standing.state == HealthState::Unchecked) {
        m_unknownSince = {};
        return std::nullopt;
    }
    const HealthState state = toTell(standing, m_told);
    if (state != HealthState::Unknown)
        m_unknownSince = {};
    else if (m_unknownSince.isNull())
        m_unknownSince = now;
    const bool isTooSoon = state == HealthState::Unknown &&
                           now.nanoseconds - m_unknownSince.nanoseconds < unknownBefore.count();
    if (isTooSoon || state == m_told)
        return std::nullopt;
    const std::optional<HealthState> before = std::exchange(m_told, state);
    if (!before && state == HealthState::Passing)
        return std::nullopt;
    return Notice{titleOf(m_subject, state, before), standing.words};
}

} // namespace models
