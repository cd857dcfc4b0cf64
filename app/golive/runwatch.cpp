// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/golive/runwatch.h"

#include "app/diagnostics/clock.h"
#include "app/golive/promotedruns.h"
#include "app/golive/watchintent.h"
#include "app/health/notifier.h"
#include "models/run/observations.h"
#include "models/run/rollbackplan.h"

#include <algorithm>

namespace app {

using models::EventKind;
using models::RunId;
using models::RunState;

namespace {

/// Where nothing can be looked at: every answer is the reason.
class NoSource final : public models::HealthSource {
public:
    explicit NoSource(QString reason)
        : m_reason(std::move(reason)) {}

    [[nodiscard]] models::HealthAnswer value(const models::HealthPath&) const override {
        return {models::Missing{m_reason}, {}};
    }
    [[nodiscard]] models::HealthAnswer overTime(const models::WindowQuestion&) const override {
        return {models::Missing{m_reason}, {}};
    }

private:
    QString m_reason;
};

/// Whether any of it can change what is to be observed.
bool changesAnything(const QList<models::Event>& events) {
    return std::any_of(events.cbegin(), events.cend(), [](const models::Event& event) {
        return event.kind != EventKind::OutputRecorded && event.kind != EventKind::NoteAdded &&
               event.kind != EventKind::EvidencePinned;
    });
}

/// Where its environment asks for it, the trigger is of the gravest kind, and nobody has to be
/// asked on the way. What a colleague's file says runs nothing by itself.
bool rollsBackByItself(const RunState& state, const QString& trigger) {
    const models::PlanContext& context = state.plan->context;
    const QList<models::Trigger> triggers = models::triggersOf(*state.plan);
    const bool isGrave =
        std::any_of(triggers.cbegin(), triggers.cend(), [&trigger](const models::Trigger& one) {
            return one.name == trigger && one.severity == models::Severity::Error;
        });
    return isGrave && context.goLive.autoRollback && !context.isProtected &&
           state.drivers.size() <= 1 && models::rollbackRefusal(state).isEmpty() &&
           !models::rollbackPlan(state, {}).isDestructive();
}

} // namespace

RunWatch::RunWatch(const Parts& parts, HealthService::Now now, QObject* parent)
    : QObject(parent)
    , m_parts(parts)
    , m_now(now ? std::move(now) : presentInstant) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RunWatch::tick);
    connect(&m_parts.runs, &RunService::runOpened, this,
            [this](const RunId& run, const QList<models::Event>&, const QString& heldBy,
                   const QString& problem) {
                if (heldBy.isEmpty() && problem.isEmpty() && !m_runs.contains(run)) {
                    m_runs.insert(run, {});
                    follow(run);
                }
            });
    connect(&m_parts.runs, &RunService::eventsAppended, this, &RunWatch::followRun);
    connect(&m_parts.runs, &RunService::runReleased, this,
            [this](const RunId& run) { m_runs.remove(run); });
}

RunWatch::~RunWatch() = default;

void RunWatch::attend(EnvironmentWatch& watch) {
    std::erase_if(m_attended, [](const auto& each) { return each.isNull(); });
    m_attended.emplace_back(&watch);
}

const WatchedRun* RunWatch::watched(const RunId& run) const {
    const auto found = m_runs.constFind(run);
    return found == m_runs.cend() ? nullptr : &*found;
}

bool RunWatch::asksAbout(const QString& workspaceId, const QString& environment,
                         const QString& trigger) const {
    return std::any_of(m_runs.keyBegin(), m_runs.keyEnd(), [&](const RunId& run) {
        const RunState* const state = m_parts.runs.state(run);
        return state && state->plan && state->plan->context.environment == environment &&
               state->plan->context.workspaceId == workspaceId && state->triggers.contains(trigger);
    });
}

void RunWatch::acknowledgeTrigger(const RunId& run, const QString& trigger, const QString& reason) {
    m_parts.runs.submit(run, intent::acknowledgeTrigger(trigger, reason));
}

void RunWatch::endWatch(const RunId& run, const QString& reason) {
    m_parts.runs.submit(run, intent::endWatch(reason));
}

void RunWatch::followRun(const RunId& run, const QList<models::Event>& events) {
    if (!m_runs.contains(run) || !changesAnything(events))
        return;
    if (const RunState* const state = m_parts.runs.state(run))
        tell(*state, events);
    follow(run);
}

void RunWatch::follow(const RunId& run) {
    const RunState* const state = m_parts.runs.state(run);
    if (!state)
        return;
    if (state->status == models::RunStatus::Closed) {
        m_runs.remove(run);
        return;
    }
    submit(run, m_runs[run].follow(*state, m_now()));
    schedule();
}

void RunWatch::tell(const RunState& state, const QList<models::Event>& events) {
    for (const models::Event& event : events) {
        if (event.kind == EventKind::TriggerHeld)
            tellHeld(state, event.payload.value(u"trigger").toString());
        else if (event.kind == EventKind::TimerFired)
            tellMissed(state, models::StepId(event.payload.value(u"step").toString()));
    }
}

/// The notice once an episode, for what goes back and forth does not nag. The way back does not ask
/// how often: an earlier console may have died before it took it.
void RunWatch::tellHeld(const RunState& state, const QString& name) {
    const models::TriggerStanding trigger = state.triggers.value(name);
    if (!trigger.asks())
        return;
    const models::Plan& plan = *state.plan;
    if (trigger.isNews)
        m_parts.desktop.tell(
            {u"%1 in %2: a trigger holds"_qs.arg(plan.runbook.title, plan.context.environment),
             u"%1: %2. Roll back, or acknowledge it."_qs.arg(name, trigger.words)});
    if (rollsBackByItself(state, name))
        m_parts.runs.startRollback(state.id, u"“%1” holds: %2"_qs.arg(name, trigger.words), {});
}

/// Of a gate whose deadline is over: from here on a person decides, who may look elsewhere.
void RunWatch::tellMissed(const RunState& state, const models::StepId& gate) {
    const models::StepState& step = state.step(gate);
    const bool isMissed =
        state.gates.contains(gate) &&
        (step.status == models::StepStatus::Unknown || step.status == models::StepStatus::Failed);
    if (!isMissed)
        return;
    const models::Plan& plan = *state.plan;
    m_parts.desktop.tell({u"%1 in %2: a gate asks for a decision"_qs.arg(plan.runbook.title,
                                                                         plan.context.environment),
                          u"%1: %2"_qs.arg(plan.find(gate)->step.title, step.reason)});
}

void RunWatch::tick() {
    const models::Instant now = m_now();
    for (const RunId& run : m_runs.keys()) {
        const RunState* const state = m_parts.runs.state(run);
        WatchedRun& watched = m_runs[run];
        const models::Instant due = watched.next();
        if (!state || due.isNull() || now < due)
            continue;
        submit(run, watched.read([&](const WatchedRun::Ask& ask) { consult(*state, ask); }, now));
        for (models::StepId step = watched.promotionDue(now); !step.isEmpty();
             step = watched.promotionDue(now))
            askPromotion(*state, step);
        // A console that died after it recorded that one holds may have told nobody.
        for (const QString& trigger : watched.takeConfirmed())
            tellHeld(*state, trigger);
        Q_EMIT observed(run);
    }
    schedule();
}

void RunWatch::schedule() {
    models::Instant next;
    for (const WatchedRun& watched : std::as_const(m_runs)) {
        const models::Instant due = watched.next();
        if (!due.isNull() && (next.isNull() || due < next))
            next = due;
    }
    if (next.isNull()) {
        m_timer.stop();
        return;
    }
    constexpr std::int64_t aMillisecond = 1'000'000;
    const std::int64_t wait = (next.nanoseconds - m_now().nanoseconds) / aMillisecond + 1;
    m_timer.start(std::chrono::milliseconds(std::clamp<std::int64_t>(wait, 0, 60'000)));
}

void RunWatch::askPromotion(const RunState& state, const models::StepId& step) {
    const models::PlanContext& context = state.plan->context;
    const QString environment = state.plan->find(step)->step.requiresEnvironment;
    readPromotedRuns(
        m_parts.journal, this, context.workspaceId, environment,
        [this, run = state.id, step, environment, target = context.target](const auto& runs) {
            const auto watched = m_runs.find(run);
            if (watched == m_runs.end())
                return;
            const models::Instant now = m_now();
            const models::Finding finding =
                runs ? models::promotionFinding(environment, target, *runs, now)
                     : models::Finding{models::Verdict::Unknown, runs.error().message, {}};
            if (const auto intent = watched->takePromotion(step, finding, now))
                m_parts.runs.submit(run, *intent);
            Q_EMIT observed(run);
            schedule();
        });
}

/// What the run's environment answers now; nothing of another workspace's.
void RunWatch::consult(const RunState& state, const WatchedRun::Ask& ask) const {
    const models::PlanContext& context = state.plan->context;
    const auto found =
        std::find_if(m_attended.begin(), m_attended.end(), [&context](const auto& watch) {
            return watch && watch->health().workspace().id == context.workspaceId;
        });
    if (found == m_attended.end())
        return ask(NoSource(u"The workspace of this run is not open, so nothing is observed."_qs));
    if ((*found)->health().trust() != TrustKeeper::Standing::Trusted)
        return ask(NoSource(u"The workspace is not trusted, so nothing is observed."_qs));
    (*found)->consult(context.environment, context.target, ask);
}

void RunWatch::submit(const RunId& run, const std::vector<Intent>& intents) {
    for (const Intent& intent : intents)
        m_parts.runs.submit(run, intent);
}

} // namespace app
