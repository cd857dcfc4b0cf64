// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/noticewatch.h"

namespace models {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::nanoseconds unknownBefore = 1min;

QString titleOf(const QString& subject, Verdict verdict) {
    switch (verdict) {
    case Verdict::Pass:
        return u"%1 passes again"_qs.arg(subject);
    case Verdict::Fail:
        return u"%1 fails"_qs.arg(subject);
    case Verdict::Unknown:
        break;
    }
    return u"%1 is not known"_qs.arg(subject);
}

} // namespace

std::optional<Notice> NoticeWatch::take(const HealthStanding& standing, Instant now) {
    if (standing.state == HealthState::Maintenance || standing.state == HealthState::Unchecked) {
        m_unknownSince = {};
        return std::nullopt;
    }
    const Verdict verdict = standing.verdict();
    if (verdict != Verdict::Unknown)
        m_unknownSince = {};
    else if (m_unknownSince.isNull())
        m_unknownSince = now;
    const bool isTooSoon = verdict == Verdict::Unknown &&
                           now.nanoseconds - m_unknownSince.nanoseconds < unknownBefore.count();
    if (isTooSoon || verdict == m_told)
        return std::nullopt;
    const bool isGoodBeginning = !m_told && verdict == Verdict::Pass;
    m_told = verdict;
    if (isGoodBeginning)
        return std::nullopt;
    return Notice{titleOf(m_subject, verdict), standing.words};
}

} // namespace models
