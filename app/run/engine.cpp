// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/engine.h"

#include "app/run/whenfinished.h"
#include "models/run/draft.h"
#include "models/run/runfile.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QTimer>

#include <chrono>
#include <utility>

namespace app {
namespace {

/// For a place that may be away; the next console closes what this one could not.
constexpr std::chrono::seconds leaveLimit{10};

/// Why it can only be read here, whoever holds it; empty where nothing speaks against it.
QString problemOf(const StoredRun& stored, const models::RunState& state) {
    if (!stored.damage.isEmpty())
        return u"Its record is damaged: %1"_qs.arg(stored.damage);
    if (state.readOnly)
        return u"A newer version of Gantry wrote to it."_qs;
    return stored.refusal;
}

} // namespace

Engine::Engine(JournalStore& journal, RunService::PlaceFactory places)
    : m_journal(journal)
    , m_places(std::move(places))
    , m_follower(journal, *this) {}

RunSession& Engine::openSession(models::RunState state) {
    const models::RunId run = state.id;
    auto session = std::make_unique<RunSession>(std::move(state), m_journal, m_places);
    connect(session.get(), &RunSession::eventsAppended, this, &Engine::eventsAppended);
    connect(session.get(), &RunSession::outputReceived, this, &Engine::outputReceived);
    connect(session.get(), &RunSession::intentRefused, this, &Engine::intentRefused);
    connect(session.get(), &RunSession::runAllStopped, this, &Engine::runAllStopped);
    connect(session.get(), &RunSession::obstructed, this, &Engine::obstructed);
    connect(
        session.get(), &RunSession::locksReleased, this,
        [this](const models::RunId& id) {
            if (m_departing.contains(id))
                release(id);
        },
        Qt::QueuedConnection);
    connect(session.get(), &RunSession::rollbackDue, &m_follower, &RollbackFollower::follow);
    connect(session.get(), &RunSession::eventsAppended, &m_follower, &RollbackFollower::notice);
    RunSession& opened = *session;
    m_sessions[run] = std::move(session);
    return opened;
}

void Engine::create(const models::PlanPointer& plan, const QMap<QString, QString>& variables,
                    Opened done) {
    if (plan->context.target.isEmpty()) {
        make(newRunId(), plan, variables, std::move(done));
        return;
    }
    whenFinished(m_journal.runs(), this,
                 [this, plan, variables,
                  done = std::move(done)](const models::Result<QList<RunSummary>>& runs) {
                     const models::Result<void> free = checkBlocks(plan->context, runs);
                     if (free)
                         make(newRunId(), plan, variables, done);
                     else
                         done(tl::unexpected(free.error()));
                 });
}

void Engine::make(const models::RunId& run, const models::PlanPointer& plan,
                  const QMap<QString, QString>& variables, Opened done) {
    Append first;
    first.run = run;
    first.drafts = {models::draft::runStarted(*plan, variables)};
    first.actor = actorName();
    first.progress = models::progressOf(models::initialState(plan), plan->mainLane());
    whenFinished(m_journal.create(first), this,
                 [this, done = std::move(done),
                  run = first.run](const models::Result<QList<models::Event>>& events) {
                     if (!events) {
                         done(tl::unexpected(events.error()));
                         return;
                     }
                     models::RunState state;
                     for (const models::Event& event : *events)
                         state = models::apply(std::move(state), event);
                     Q_EMIT runOpened(run, *events, {}, {});
                     openSession(std::move(state)).begin();
                     done(run);
                 });
}

RunSession* Engine::session(const models::RunId& run) const {
    const auto found = m_sessions.find(run);
    return found == m_sessions.end() ? nullptr : found->second.get();
}

void Engine::submitAside(const models::RunId& run, const Intent& intent) {
    if (RunSession* const open = session(run)) {
        open->submit(intent);
        return;
    }
    openAside(run, [this, run, intent](RunSession& aside) {
        const auto leave = [this, run] { releaseAside(run); };
        connect(&aside, &RunSession::eventsAppended, this, leave, Qt::QueuedConnection);
        connect(&aside, &RunSession::intentRefused, this, leave, Qt::QueuedConnection);
        aside.submit(intent);
    });
}

/// Nothing happens where another console holds it.
void Engine::openAside(const models::RunId& run, const std::function<void(RunSession&)>& act) {
    whenFinished(m_journal.load(run, true), this,
                 [this, run, act](const models::Result<StoredRun>& stored) {
                     if (RunSession* const open = session(run)) {
                         act(*open);
                         return;
                     }
                     if (!stored || !stored->writable || !stored->damage.isEmpty())
                         return;
                     models::RunState state;
                     for (const models::Event& event : stored->events)
                         state = models::apply(std::move(state), event);
                     RunSession& aside = openSession(std::move(state));
                     m_aside.insert(run);
                     act(aside);
                 });
}

void Engine::releaseLeftLocks() {
    whenFinished(m_journal.runs(), this, [this](const models::Result<QList<RunSummary>>& runs) {
        for (const RunSummary& run : runs ? *runs : QList<RunSummary>()) {
            if (run.status != models::RunStatus::Closed || run.locks.isEmpty() || session(run.id))
                continue;
            openAside(run.id, [this](RunSession& aside) {
                connect(
                    &aside, &RunSession::locksReleased, this,
                    [this](const models::RunId& id) { releaseAside(id); }, Qt::QueuedConnection);
                aside.begin();
            });
        }
    });
}

/// What was asked is recorded: whoever opened the run meanwhile keeps it.
void Engine::releaseAside(const models::RunId& run) {
    if (m_aside.remove(run))
        release(run);
}

void Engine::open(const models::RunId& run, Opened done) {
    m_aside.remove(run);
    m_departing.remove(run);
    whenFinished(m_journal.load(run, true), this,
                 [this, run, done = std::move(done)](const models::Result<StoredRun>& stored) {
                     if (!stored)
                         done(tl::unexpected(stored.error()));
                     else
                         opened(run, *stored, done);
                 });
}

/// For who looks at a run that is open here: what it missed. What the journal holds beyond what the
/// session has folded in is yet to come as eventsAppended.
void Engine::openedAgain(const RunSession& session, const StoredRun& stored, const Opened& done) {
    const models::RunState& state = session.state();
    QList<models::Event> events = stored.events;
    events.removeIf([&state](const models::Event& event) { return event.seq > state.lastSeq; });
    Q_EMIT runOpened(state.id, events, {}, problemOf(stored, state));
    done(state.id);
}

void Engine::opened(const models::RunId& run, const StoredRun& stored, const Opened& done) {
    if (const auto found = m_sessions.find(run); found != m_sessions.end()) {
        openedAgain(*found->second, stored, done);
        return;
    }
    models::RunState state;
    for (const models::Event& event : stored.events)
        state = models::apply(std::move(state), event);
    const bool isElsewhere = state.givenAway.has_value();
    const bool writable =
        stored.writable && stored.damage.isEmpty() && state.plan && !state.readOnly && !isElsewhere;
    if (stored.writable && isElsewhere)
        m_journal.release(run);
    Q_EMIT runOpened(run, stored.events, isElsewhere ? state.givenAway->to : stored.heldBy,
                     problemOf(stored, state));
    if (writable && state.status != models::RunStatus::Closed)
        openSession(std::move(state)).resume();
    else if (writable)
        openSession(std::move(state)).begin();
    done(run);
}

void Engine::handOver(const models::RunId& run, const QString& to, Exported done) {
    RunSession* const open = session(run);
    if (open == nullptr) {
        giveAway(run, done);
        return;
    }
    awaitDriver(*open, true, [this, run, done](const models::Result<void>& recorded) {
        if (!recorded) {
            done(tl::unexpected(recorded.error()));
            return;
        }
        release(run);
        this->open(run, [this, run, done](const auto&) { giveAway(run, done); });
    });
    open->submit(intent::handOver(to));
}

/// Calls back once, when it is durable that the run is driven here, or elsewhere, or is refused.
void Engine::awaitDriver(RunSession& session, bool isElsewhere,
                         std::function<void(const models::Result<void>&)> done) {
    auto* const wait = new QObject(&session);
    const auto settle = [wait, done = std::move(done)](const models::Result<void>& result) {
        delete wait; // a slot that is being called keeps what it holds
        done(result);
    };
    connect(
        &session, &RunSession::eventsAppended, wait,
        [&session, isElsewhere, settle] {
            if (session.state().givenAway.has_value() == isElsewhere)
                settle({});
        },
        Qt::QueuedConnection);
    connect(
        &session, &RunSession::intentRefused, wait,
        [settle](const models::RunId&, const models::StepId& step, const models::Error& error) {
            if (step.isEmpty()) // else it is of something that was asked for meanwhile
                settle(tl::unexpected(error));
        },
        Qt::QueuedConnection);
}

/// As a file, of what is recorded as handed over.
void Engine::giveAway(const models::RunId& run, const Exported& done) {
    whenFinished(m_journal.exported(run), this, [done](const models::Result<QByteArray>& lines) {
        const auto file = lines ? models::runFileFrom(*lines)
                                : models::Result<models::RunFile>(tl::unexpected(lines.error()));
        if (!file)
            done(tl::unexpected(file.error()));
        else if (!file->state.givenAway)
            done(models::failure(models::ErrorCode::Refused,
                                 u"This run is open for reading only. Hand it over where it is "
                                 "driven."_qs));
        else
            done(lines);
    });
}

void Engine::takeOver(const models::RunFile& file, Opened done) {
    const QString refused = models::takeOverRefusal(file.state);
    if (!refused.isEmpty()) {
        done(models::failure(models::ErrorCode::Refused, refused));
        return;
    }
    whenFinished(m_journal.adopt(file), this,
                 [this, run = file.run, from = file.state.givenAway->by,
                  done](const models::Result<qint64>& added) {
                     if (!added)
                         done(tl::unexpected(added.error()));
                     else if (*added == 0 && from == actorName())
                         open(run, done); // this console handed it over itself
                     else
                         drive(run, {}, done);
                 });
}

void Engine::takeBack(const models::RunId& run, const QString& reason, Opened done) {
    if (reason.trimmed().isEmpty())
        done(models::failure(models::ErrorCode::InvalidInput,
                             u"Taking a run back needs a reason."_qs));
    else
        drive(run, reason, done);
}

/// Of a run that was handed over: this console drives it. Any other is opened as it stands.
void Engine::drive(const models::RunId& run, const QString& reason, const Opened& done) {
    whenFinished(m_journal.load(run, true), this,
                 [this, run, reason, done](const models::Result<StoredRun>& stored) {
                     if (!stored) {
                         done(tl::unexpected(stored.error()));
                         return;
                     }
                     models::RunState state;
                     for (const models::Event& event : stored->events)
                         state = models::apply(std::move(state), event);
                     const bool isOurs = stored->writable && stored->damage.isEmpty() &&
                                         state.plan && !state.readOnly && state.givenAway &&
                                         session(run) == nullptr;
                     if (!isOurs) {
                         opened(run, *stored, done);
                         return;
                     }
                     Q_EMIT runOpened(run, stored->events, {}, {});
                     RunSession& taken = openSession(std::move(state));
                     awaitDriver(taken, false, [run, done](const models::Result<void>& recorded) {
                         done(recorded ? models::Result<models::RunId>(run)
                                       : tl::unexpected(recorded.error()));
                     });
                     taken.takeOver(reason);
                 });
}

void Engine::release(const models::RunId& run,
                     const std::function<void(const models::Result<QByteArray>&)>& head) {
    m_aside.remove(run);
    const RunSession* const open = session(run);
    if (head && open != nullptr)
        open->tellHead(this, head);
    else if (head)
        head({});
    if (open != nullptr && open->isReleasingLocks()) {
        m_departing.insert(run);
        return;
    }
    m_departing.remove(run);
    std::vector<std::unique_ptr<Place>> places;
    if (const auto found = m_sessions.find(run); found != m_sessions.end())
        places = found->second->takePlaces();
    m_sessions.erase(run);
    m_journal.release(run);
    for (std::unique_ptr<Place>& place : places)
        letGo(std::move(place));
}

void Engine::letGo(std::shared_ptr<Place> place) {
    m_leaving.push_back(place);
    const auto drop = [this, leaving = std::weak_ptr<Place>(place)] {
        std::erase(m_leaving, leaving.lock());
    };
    QTimer::singleShot(leaveLimit, this, drop);
    // Later: it is in the middle of saying so.
    place->settle([this, drop] { QMetaObject::invokeMethod(this, drop, Qt::QueuedConnection); });
}

void Engine::settle(std::function<void()> done) {
    QList<Place*> all;
    const auto left = std::make_shared<qsizetype>(1);
    const auto settled = [left, done = std::move(done)] {
        if (--*left == 0)
            done();
    };
    for (const auto& [run, session] : m_sessions) {
        all += session->places();
        if (!session->isReleasingLocks())
            continue;
        ++*left;
        connect(session.get(), &RunSession::locksReleased, this, settled,
                static_cast<Qt::ConnectionType>(Qt::AutoConnection | Qt::SingleShotConnection));
    }
    for (const auto& place : m_leaving)
        all.append(place.get());
    *left += all.size();
    for (Place* const place : std::as_const(all))
        place->settle(settled);
    settled();
}

void Engine::noteShown(const models::RunId& run, qsizetype bytes) {
    if (const auto found = m_sessions.find(run); found != m_sessions.end())
        found->second->noteShown(bytes);
}

void Engine::with(const models::RunId& run, const std::function<void(RunSession&)>& act) {
    const auto found = m_sessions.find(run);
    if (found != m_sessions.end()) {
        act(*found->second);
        return;
    }
    Q_EMIT intentRefused(run, {},
                         {models::ErrorCode::Refused,
                          u"This run is open for reading only. Close it where it is open for "
                          "writing, then open it here again."_qs,
                          {}});
}

models::RunId newRunId() {
    static constexpr char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    QString text(26, u'0');
    qint64 time = QDateTime::currentMSecsSinceEpoch();
    for (int i = 9; i >= 0; --i) {
        text[i] = QLatin1Char(letters[time & 31]);
        time >>= 5;
    }
    for (int i = 10; i < 26; ++i)
        text[i] = QLatin1Char(letters[QRandomGenerator::system()->bounded(32)]);
    return models::RunId(text);
}

} // namespace app
