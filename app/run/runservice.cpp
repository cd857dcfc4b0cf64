// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runserviceparts.h"

#include "app/diagnostics/clock.h"
#include "app/run/runstatustext.h"
#include "app/run/stepneeds.h"
#include "app/run/whenfinished.h"
#include "models/run/standing.h"

#include <algorithm>

namespace app {

using models::RunId;
using models::RunState;
using models::StepId;

/// A head that was read from the journal is no news: one that was cut must not be remembered.
void RunService::Private::opened(const RunId& run, const QList<models::Event>& events) {
    RunState state;
    for (const models::Event& event : events)
        state = models::apply(std::move(state), event);
    const RunState& opened = *m_states.insert(run, std::move(state));
    if (opened.givenAway)
        m_obstacles.remove(run); // what was in its way here is so no longer
    m_secrets.read(opened);
}

/// Undoing waits for what it undoes. One that was made before this console came here is begun by a
/// person.
void RunService::Private::beginRollbacks() {
    for (auto run = m_rollbacksToBegin.begin(); run != m_rollbacksToBegin.end();) {
        const RunState* const back = m_service.state(*run);
        const RunState* const of = back ? m_service.state(back->plan->context.rollbackOf) : nullptr;
        if (of && models::stepsRunning(*of) > 0) {
            ++run;
            continue;
        }
        m_service.runAll(*run);
        run = m_rollbacksToBegin.erase(run);
    }
}

void RunService::Private::fold(const RunId& run, const QList<models::Event>& events) {
    const auto found = m_states.find(run);
    if (found == m_states.end()) {
        // It was let go of, or never looked at: its locks are given back all the same.
        m_heads.note(run, events.last().hash);
        m_heads.write(run);
        return;
    }
    const bool wasOpen = found->status != models::RunStatus::Closed;
    for (const models::Event& event : events)
        *found = models::apply(std::move(*found), event);
    m_heads.note(run, found->head);
    if (wasOpen && found->status == models::RunStatus::Closed) {
        m_secrets.forget(*found);
        m_heads.write(run);
    }
}

/// As in opened(), what was read is no news to the keeper of heads.
void RunService::Private::takeIn(const RunId& run, const StoredRun& stored) {
    const auto found = m_states.find(run);
    // One that was opened here meanwhile tells by itself what it records.
    if (found == m_states.end() || !m_heldElsewhere.contains(run))
        return;
    QList<models::Event> news = stored.events;
    news.removeIf([known = found->lastSeq](const auto& event) { return event.seq <= known; });
    for (const models::Event& event : std::as_const(news))
        *found = models::apply(std::move(*found), event);
    if (!news.isEmpty())
        Q_EMIT m_service.eventsAppended(run, news);
    Q_EMIT m_service.caughtUp(run, stored.heldBy);
}

void RunService::Private::handOver(const RunId& run, const QMap<QString, QString>& secrets) {
    m_engine.with(run, [secrets](RunSession& session) { session.giveSecrets(secrets); });
}

void RunService::Private::connectEngine() {
    QObject::connect(&m_engine, &EngineLine::runOpened, &m_service,
                     [this](const RunId& run, const QList<models::Event>& events,
                            const QString& heldBy, const QString& problem) {
                         opened(run, events);
                         if (heldBy.isEmpty())
                             m_heldElsewhere.remove(run);
                         else
                             m_heldElsewhere.insert(run);
                         Q_EMIT m_service.runOpened(run, events, heldBy, problem);
                     });
    QObject::connect(&m_engine, &EngineLine::eventsAppended, &m_service,
                     [this](const RunId& run, const QList<models::Event>& events) {
                         fold(run, events);
                         Q_EMIT m_service.eventsAppended(run, events);
                         beginRollbacks();
                     });
    QObject::connect(&m_engine, &EngineLine::obstructed, &m_service,
                     [this](const RunId& run, const QList<models::LockObstacle>& obstacles) {
                         m_obstacles.insert(run, obstacles);
                         Q_EMIT m_service.lockObstaclesChanged(run);
                     });
    QObject::connect(&m_engine, &EngineLine::rollbackMade, &m_service,
                     [this](const RunId& rollback) {
                         m_rollbacksToBegin.insert(rollback);
                         beginRollbacks();
                     });
    QObject::connect(
        &m_answers, &SignedAnswers::verified, &m_service,
        [this](const RunId& run, const StepId& step, const models::VerifiedAnswer& answer) {
            submit(run, intent::answer(step, answer, presentInstant()));
        });
    QObject::connect(&m_answers, &SignedAnswers::refused, &m_service, &RunService::intentRefused);
    QObject::connect(&m_engine, &EngineLine::outputReceived, &m_service,
                     &RunService::outputReceived);
    QObject::connect(&m_engine, &EngineLine::intentRefused, &m_service, &RunService::intentRefused);
    QObject::connect(&m_engine, &EngineLine::runAllStopped, &m_service, &RunService::runAllStopped);
}

RunService::RunService(JournalStore& journal, SecretStore& secrets, PlaceFactory places,
                       std::shared_ptr<EngineThread> engine, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, journal, secrets, std::move(places), std::move(engine))) {
    d->connectEngine();
}

RunService::~RunService() = default;

RunState RunService::preview(models::PlanPointer plan) {
    return models::initialState(std::move(plan));
}

StepNeeds RunService::needs(const RunState& state, const StepId& step) {
    const int index = state.plan->indexOf.value(step, -1);
    if (index < 0) {
        StepNeeds none;
        none.blockedBy = u"There is no such step in this run."_qs;
        return none;
    }
    return needsOf(state, index);
}

ResolvedCommand RunService::resolve(const RunState& state, const StepId& step,
                                    const StartOptions& options) {
    const int index = state.plan->indexOf.value(step, -1);
    if (index < 0) {
        ResolvedCommand none;
        none.missing = u"There is no such step in this run."_qs;
        return none;
    }
    return resolvedCommand(state, index, options);
}

QFuture<models::Result<RunId>> RunService::start(models::PlanPointer plan,
                                                 const QMap<QString, QString>& variables) {
    return d->m_engine.ask<RunId>(
        [plan = std::move(plan), variables](Engine& engine, Engine::Opened done) {
            engine.create(plan, variables, std::move(done));
        });
}

QFuture<models::Result<RunId>> RunService::open(const RunId& run) {
    return d->m_engine.ask<RunId>(
        [run](Engine& engine, Engine::Opened done) { engine.open(run, std::move(done)); });
}

void RunService::catchUp(const RunId& run) {
    whenFinished(d->m_journal.load(run, false), this,
                 [this, run](const models::Result<StoredRun>& stored) {
                     if (stored && stored->damage.isEmpty())
                         d->takeIn(run, *stored);
                 });
}

QFuture<models::Result<void>> RunService::release(const RunId& run) {
    d->m_states.remove(run);
    d->m_heldElsewhere.remove(run);
    d->m_obstacles.remove(run);
    d->m_engine.drop(run);
    const auto head = d->m_engine.ask<QByteArray>(
        [run](Engine& engine, const auto& done) { engine.release(run, done); });
    Q_EMIT runReleased(run);
    return d->m_heads.write(run, head);
}

QFuture<models::Result<QList<RunSummary>>> RunService::runs() {
    return d->m_journal.runs();
}

QFuture<models::Result<QByteArray>> RunService::output(const models::AttemptKey& attempt,
                                                       int stream, qint64 maximum) {
    return d->m_journal.output(attempt, stream, maximum);
}

QFuture<models::Result<QByteArray>> RunService::report(const RunId& run, ReportFormat format,
                                                       const models::HealthCourse& course) {
    return makeReport(d->m_journal, run, format, presentInstant(), course);
}

const RunState* RunService::state(const RunId& run) const {
    const auto found = d->m_states.constFind(run);
    return found != d->m_states.cend() && found->plan ? &*found : nullptr;
}

int RunService::attemptsUnderWay() const {
    int running = 0;
    for (const RunState& state : std::as_const(d->m_states))
        running += models::stepsRunning(state);
    return running;
}

QString RunService::statusText(const RunState& state, models::Instant now) {
    return runStatusText(state, now);
}

} // namespace app
