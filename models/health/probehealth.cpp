// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/probehealth.h"

#include "models/health/probereading.h"

#include <algorithm>

namespace models {

namespace {

/// Checks that may be left out before what was seen is too old.
constexpr int missedChecks = 3;
/// A check further ahead of the clock than this was made before the clock was put back.
constexpr std::chrono::nanoseconds mostAhead = std::chrono::seconds(5);

const Maintenance* holding(const QList<Maintenance>& maintenance, Instant at) {
    const auto found =
        std::find_if(maintenance.begin(), maintenance.end(),
                     [at](const Maintenance& candidate) { return candidate.holds(at); });
    return found == maintenance.end() ? nullptr : &*found;
}

QString maintenanceWords(const Maintenance& maintenance) {
    const QString until = maintenance.until.toDateTime().toString(u"yyyy-MM-dd HH:mm"_qs);
    const QString words = u"In maintenance until %1 UTC"_qs.arg(until);
    return maintenance.reason.isEmpty() ? words + u'.' : words + u": "_qs + maintenance.reason;
}

HealthState stateOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Pass:
        return HealthState::Passing;
    case Verdict::Fail:
        return HealthState::Failing;
    case Verdict::Unknown:
        break;
    }
    return HealthState::Unknown;
}

Beat beatOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Pass:
        return Beat::Passed;
    case Verdict::Fail:
        return Beat::Failed;
    case Verdict::Unknown:
        break;
    }
    return Beat::Unknown;
}

/// "12 days", and where it is less than two of them "31 h": parts of a day help nobody to plan.
QString timeLeftWords(std::chrono::nanoseconds time) {
    using namespace std::chrono;
    if (time >= days(2))
        return u"%1 days"_qs.arg(floor<days>(time).count());
    if (time >= hours(2))
        return durationWords(floor<hours>(time));
    return durationWords(time >= minutes(2) ? nanoseconds(floor<minutes>(time))
                                            : nanoseconds(floor<seconds>(time)));
}

/// Checks that were due between two of them and did not come. Jitter and a slow answer are none.
std::int64_t missedBetween(Instant before, Instant after, const Probe& probe) {
    const std::int64_t every = std::chrono::nanoseconds(probe.every).count();
    const std::int64_t apart = after.nanoseconds - before.nanoseconds;
    return every <= 0 ? 0 : std::max<std::int64_t>(0, (apart - every / 2) / every);
}

} // namespace

Verdict HealthStanding::verdict() const {
    switch (state) {
    case HealthState::Failing:
        return Verdict::Fail;
    case HealthState::Warning:
    case HealthState::Passing:
        return Verdict::Pass;
    case HealthState::Wavering:
        return wavering;
    case HealthState::Stale:
    case HealthState::Unknown:
    case HealthState::Unchecked:
    case HealthState::Maintenance:
        break;
    }
    return Verdict::Unknown;
}

Result<ProbeHealth> ProbeHealth::make(const Probe& probe) {
    const QString text = probe.pass.isEmpty() ? defaultCondition(probe.kind) : probe.pass;
    const auto pass = Condition::parse(text);
    if (!pass)
        return failure(ErrorCode::InvalidInput,
                       u"\"%1\" is no condition: %2"_qs.arg(text, pass.error().message));
    return ProbeHealth(probe, *pass);
}

ProbeHealth::ProbeHealth(Probe probe, Condition pass)
    : m_probe(std::move(probe))
    , m_pass(std::move(pass))
    , m_sustained(m_pass.sustain(), m_probe.every) {}

std::optional<CheckRecord> ProbeHealth::take(ProbeReply reply,
                                             const QList<Maintenance>& maintenance) {
    if (m_last && reply.at < m_last->at)
        return std::nullopt;
    Observation observation = observe(m_probe, m_pass, reply, m_series, &m_phases);
    if (m_pass.sustain().kind != Sustain::Kind::Once) {
        m_sustained.add(observation.at, observation.verdict);
        const Finding finding = m_sustained.standing(observation.at);
        observation.verdict = finding.verdict;
        const QString why = finding.reason.isEmpty() ? finding.observed : finding.reason;
        if (!why.isEmpty())
            observation.reason += u" ("_qs + why + u')';
    }
    const bool isMeant = holding(maintenance, observation.at) != nullptr;
    const Verdict counted = isMeant ? Verdict::Unknown : observation.verdict;
    m_series.push(observation.at, counted, observation.phases.total);
    if (counted == Verdict::Pass)
        m_phases.push(observation.at, observation.phases);
    settle(observation.verdict);
    const CheckRecord record{observation.at, counted, observation.phases};
    m_last = std::move(observation);
    m_lastReply = std::move(reply);
    return record;
}

void ProbeHealth::restore(HealthSeries series, PhaseSeries kept) {
    m_series = std::move(series);
    m_phases = std::move(kept);
}

void ProbeHealth::restoreLast(Observation last, Verdict settled) {
    if (m_last)
        return;
    m_last = std::move(last);
    m_settled = settled;
    if (settled != Verdict::Unknown)
        m_known = settled;
}

void ProbeHealth::settle(Verdict verdict) {
    if (verdict == Verdict::Unknown) {
        m_settled = verdict;
        m_against = 0;
        return;
    }
    const int retries = verdict == Verdict::Fail ? m_probe.retriesDown : m_probe.retriesUp;
    const bool isAgainst = m_known && *m_known != verdict;
    m_against = isAgainst ? m_against + 1 : 0;
    if (!isAgainst || m_against > retries) {
        m_known = verdict;
        m_against = 0;
    }
    m_settled = *m_known;
}

HealthStanding ProbeHealth::standing(Instant now, const QList<Maintenance>& maintenance) const {
    HealthStanding standing;
    if (m_last)
        standing.at = m_last->at;
    if (const Maintenance* const meant = holding(maintenance, now)) {
        standing.state = HealthState::Maintenance;
        standing.words = maintenanceWords(*meant);
        return standing;
    }
    if (!m_last) {
        standing.words = u"Its first check is still to come."_qs;
        return standing;
    }
    const std::int64_t age = now.nanoseconds - m_last->at.nanoseconds;
    if (age > stalenessOf(m_probe).count()) {
        standing.state = HealthState::Stale;
        standing.words = u"Last checked %1 ago. Then: %2"_qs.arg(
            durationWords(std::chrono::nanoseconds(age)), m_last->reason);
        return standing;
    }
    if (age < -mostAhead.count()) {
        standing.words = u"Last checked at %1 UTC, which is ahead of this machine's clock."_qs.arg(
            m_last->at.toDateTime().toString(u"yyyy-MM-dd HH:mm:ss"_qs));
        standing.state = HealthState::Unknown;
        return standing;
    }
    standing.words = m_last->reason;
    standing.state = stateOf(m_settled);
    if (m_settled != m_last->verdict) {
        const int retries = m_settled == Verdict::Pass ? m_probe.retriesDown : m_probe.retriesUp;
        standing.state = HealthState::Wavering;
        standing.wavering = m_settled;
        standing.words += u" (%1 of %2 before it counts)"_qs.arg(m_against).arg(retries + 1);
    }
    const QString warning = standing.state == HealthState::Passing ? warningWords(now) : QString();
    if (!warning.isEmpty()) {
        standing.state = HealthState::Warning;
        standing.words = warning;
    }
    return standing;
}

QString ProbeHealth::warningWords(Instant now) const {
    if (!m_lastReply || !m_lastReply->certificate)
        return {};
    const std::chrono::nanoseconds left(m_lastReply->certificate->expires.nanoseconds -
                                        now.nanoseconds);
    if (left >= m_probe.warnBefore)
        return {};
    if (left <= std::chrono::nanoseconds(0))
        return u"The certificate has ended."_qs;
    return u"The certificate ends in %1; it warns below %2."_qs.arg(
        timeLeftWords(left), timeLeftWords(m_probe.warnBefore));
}

std::vector<Beat> ProbeHealth::beats(std::size_t count, Instant now) const {
    std::vector<Beat> backwards;
    const std::vector<HealthSample> samples = m_series.newest(count);
    Instant after = now;
    for (auto sample = samples.rbegin(); sample != samples.rend() && backwards.size() < count;
         ++sample) {
        // The next check of the newest one may be under way.
        std::int64_t missed = missedBetween(sample->at, after, m_probe);
        if (sample == samples.rbegin())
            missed = std::max<std::int64_t>(0, missed - 1);
        const auto room = static_cast<std::int64_t>(count - backwards.size());
        backwards.insert(backwards.end(), static_cast<std::size_t>(std::min(missed, room)),
                         Beat::None);
        if (backwards.size() < count)
            backwards.push_back(beatOf(sample->verdict));
        after = sample->at;
    }
    std::reverse(backwards.begin(), backwards.end());
    return backwards;
}

std::chrono::nanoseconds stalenessOf(const Probe& probe) {
    return missedChecks * std::chrono::nanoseconds(probe.every) +
           std::chrono::nanoseconds(probe.timeLimit);
}

HealthStanding worstOf(const QList<HealthStanding>& standings) {
    const auto worst = std::min_element(standings.begin(), standings.end(),
                                        [](const HealthStanding& one, const HealthStanding& other) {
                                            return one.state < other.state;
                                        });
    return worst == standings.end() ? HealthStanding{} : *worst;
}

} // namespace models
