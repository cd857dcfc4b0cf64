// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/golive/rollbackcheck.h"

#include "app/diagnostics/clock.h"
#include "models/version/versionstanding.h"

#include <algorithm>

namespace app {

using models::Finding;
using models::Instant;
using models::RollbackObservation;
using models::RunState;
using models::Verdict;

namespace {

bool isLaneDone(const RunState& state) {
    const models::Tally& tally = state.standing.lanes[static_cast<int>(models::Lane::Rollback)];
    return tally.total > 0 && tally.done() == tally.total;
}

Instant lastChangeOf(const RunState& state) {
    Instant last = state.startedAt;
    for (const models::StepState& step : state.steps)
        last = std::max(last, step.changedAt);
    return last;
}

bool isAwaited(const RunState& state) {
    if (!state.plan || !state.plan->isRollback() || state.status != models::RunStatus::Open ||
        state.readOnly || !isLaneDone(state))
        return false;
    return !state.verification || state.verification->at < lastChangeOf(state);
}

Finding unseen(const QString& reason) {
    return {Verdict::Unknown, reason, {}};
}

Finding healthFinding(const models::HealthStanding& standing, Instant since) {
    if (standing.at < since)
        return unseen(u"It has not been looked at since the last step."_qs);
    return {standing.verdict(), standing.words, models::verdictName(standing.verdict())};
}

} // namespace

Finding verdictOf(const QList<RollbackObservation>& observations) {
    for (const Verdict verdict : {Verdict::Fail, Verdict::Unknown}) {
        for (const RollbackObservation& seen : observations) {
            if (seen.finding.verdict == verdict)
                return {verdict, u"%1: %2"_qs.arg(seen.what, seen.finding.reason),
                        seen.finding.observed};
        }
    }
    if (observations.isEmpty())
        return unseen(u"Nothing says how the services of this environment are to be seen."_qs);
    return {Verdict::Pass, u"Versions and health are as they were before."_qs, {}};
}

RollbackCheck::RollbackCheck(RunService& runs, Now now, QObject* parent)
    : QObject(parent)
    , m_runs(runs)
    , m_now(now ? std::move(now) : &presentInstant) {
    m_timer.setInterval(m_patience.interval);
    connect(&m_timer, &QTimer::timeout, this, &RollbackCheck::lookAgain);
    connect(&runs, &RunService::runOpened, this,
            [this](const models::RunId& run) { consider(run); });
    connect(&runs, &RunService::eventsAppended, this,
            [this](const models::RunId& run) { consider(run); });
}

void RollbackCheck::attend(VersionService& versions, HealthService& health) {
    std::erase_if(m_attended, [](const Attended& each) { return each.health.isNull(); });
    m_attended.push_back({&versions, &health});
    connect(&versions, &VersionService::changed, this, &RollbackCheck::decideAll);
    connect(&health, &HealthService::observed, this, &RollbackCheck::decideAll);
}

void RollbackCheck::setPatience(const Patience& patience) {
    m_patience = patience;
    m_timer.setInterval(patience.interval);
}

void RollbackCheck::consider(const models::RunId& run) {
    const RunState* const state = m_runs.state(run);
    if (!state || !isAwaited(*state)) {
        m_looks.erase(run);
        return;
    }
    if (m_looks.contains(run))
        return;
    const std::chrono::nanoseconds limit = m_patience.limit;
    m_looks[run] = {lastChangeOf(*state), {m_now().nanoseconds + limit.count()}};
    ask(*state);
    m_timer.start();
    decideAll();
}

void RollbackCheck::lookAgain() {
    decideAll();
    for (const auto& [run, look] : m_looks) {
        if (const RunState* const state = m_runs.state(run))
            ask(*state);
    }
    if (m_looks.empty())
        m_timer.stop();
}

void RollbackCheck::decideAll() {
    for (auto look = m_looks.begin(); look != m_looks.end();)
        look = decide(look->first, look->second) ? m_looks.erase(look) : std::next(look);
}

bool RollbackCheck::decide(const models::RunId& run, const Look& look) {
    const RunState* const state = m_runs.state(run);
    if (!state || !isAwaited(*state))
        return true;
    const Attended* const by = attended(*state);
    const QList<RollbackObservation> seen =
        by ? observe(*state, look, *by) : QList<RollbackObservation>();
    const Finding all =
        by ? verdictOf(seen)
           : unseen(u"Nothing looks at %1 here: open its workspace and trust it."_qs.arg(
                 state->plan->context.environment));
    const bool mayChange = by && !seen.isEmpty() && m_now() < look.until;
    if (all.verdict != Verdict::Pass && mayChange)
        return false;
    m_runs.verifyRollback(run, all.verdict, all.reason, seen);
    if (all.verdict == Verdict::Pass)
        m_runs.close(run, models::RunOutcome::RolledBack, all.reason);
    return true;
}

const RollbackCheck::Attended* RollbackCheck::attended(const RunState& state) const {
    for (const Attended& each : m_attended) {
        if (each.versions && each.health &&
            each.health->workspace().id == state.plan->context.workspaceId)
            return each.health->trust() == TrustKeeper::Standing::Trusted ? &each : nullptr;
    }
    return nullptr;
}

void RollbackCheck::ask(const RunState& state) {
    const models::PlanContext& context = state.plan->context;
    const Attended* const by = attended(state);
    if (by == nullptr)
        return;
    for (const HealthService::Watched& service : by->health->services()) {
        if (service.environment != context.environment)
            continue;
        by->versions->lookNow(service.environment, service.service);
        by->health->probeNow(service);
    }
}

QList<RollbackObservation> RollbackCheck::observe(const RunState& state, const Look& look,
                                                  const Attended& by) const {
    const models::PlanContext& context = state.plan->context;
    QList<RollbackObservation> seen;
    for (auto it = context.target.cbegin(); it != context.target.cend(); ++it)
        seen.append(versionOf(context, it.key(), look, *by.versions));
    if (seen.isEmpty()) {
        seen.append({u"Version"_qs,
                     {},
                     unseen(u"Which versions were there before the run is not known."_qs)});
    }
    for (const HealthService::Watched& service : by.health->services()) {
        const bool isMeant = context.target.isEmpty() || context.target.contains(service.service);
        if (service.environment != context.environment || service.probes.empty() || !isMeant)
            continue;
        seen.append({u"%1: health"_qs.arg(service.service), models::verdictName(Verdict::Pass),
                     healthFinding(by.health->standing(service, m_now()), look.since)});
    }
    return seen;
}

RollbackObservation RollbackCheck::versionOf(const models::PlanContext& context,
                                             const QString& service, const Look& look,
                                             const VersionService& versions) const {
    const QString expected = context.target.value(service);
    RollbackObservation seen{u"%1: version"_qs.arg(service), expected, {}};
    const auto standing = versions.standing(context.environment, service, m_now());
    if (!standing) {
        seen.finding = unseen(u"Nothing says how its version is to be seen."_qs);
        return seen;
    }
    if (standing->at < look.since) {
        seen.finding = unseen(u"It has not been looked at since the last step."_qs);
        return seen;
    }
    seen.finding.observed = standing->version;
    if (standing->state == models::VersionState::Unknown) {
        seen.finding.reason = standing->words;
    } else if (standing->state == models::VersionState::HostsDiffer) {
        seen.finding.verdict = Verdict::Fail;
        seen.finding.reason = standing->words;
    } else if (expected.isEmpty()) {
        seen.finding.reason =
            u"%1 is deployed, and which version was there before is not known."_qs.arg(
                standing->version);
    } else {
        const models::VersionComparison compared =
            models::compareWith({u"before"_qs, expected, {}, {}}, standing->version, std::nullopt);
        seen.finding.verdict = compared.verdict;
        seen.finding.reason = compared.verdict == Verdict::Pass
                                  ? u"%1 is deployed again."_qs.arg(standing->version)
                                  : u"%1 is deployed, not %2."_qs.arg(standing->version, expected);
    }
    return seen;
}

} // namespace app
