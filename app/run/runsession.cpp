// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runsession.h"

#include "app/diagnostics/clock.h"
#include "app/run/intentplaces.h"
#include "app/run/sudolook.h"
#include "models/run/approvalrule.h"
#include "models/run/draft.h"
#include "models/run/draftmask.h"
#include "models/run/draftprogress.h"
#include "models/run/hosts.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"
#include "models/run/waves.h"

#include <algorithm>

namespace app {

using models::AttemptKey;
using models::StepId;

RunSession::RunSession(models::RunState state, JournalStore& journal,
                       const RunService::PlaceFactory& places, QObject* parent)
    : QObject(parent)
    , m_state(std::move(state))
    , m_writer(journal, m_state.id, this)
    , m_executor(m_state, journal, places, this)
    , m_locks(m_state, journal, m_writer, m_executor.places(), this) {
    m_writer.setProgressAfter([this](const QList<models::EventDraft>& drafts) {
        return models::progressAfter(m_state, drafts);
    });
    connect(&m_writer, &JournalWriter::outputPiledUp, this,
            [this] { m_pace.setJournalBehind(true); });
    connect(&m_writer, &JournalWriter::outputDrained, this,
            [this] { m_pace.setJournalBehind(false); });
    connect(&m_executor, &Executor::liveOutput, this, &RunSession::showLive);
    connect(&m_executor, &Executor::outputReady, this, [this](const QList<OutputBody>& bodies) {
        m_writer.write(JournalWriter::Kind::Fact, {}, bodies, [this](const auto& events) {
            if (events)
                fold(*events);
        });
    });
    connect(&m_executor, &Executor::attemptEnded, this,
            [this](const AttemptKey& key, const models::EventDraft& fact,
                   const QList<OutputBody>& output) {
                recordFact(fact, output, [this, key] { m_executor.acknowledge(key); });
            });
    connect(&m_executor, &Executor::reattached, this, [this](const AttemptKey& key) {
        const models::StepState& step = m_state.step(key.step);
        if (key.number <= step.attempts.size())
            recordFact(models::draft::reattached(key.step, step.attempts[key.number - 1]), {}, {});
    });
    connect(&m_executor, &Executor::continuationDue, this, &RunSession::continueStep);
    connect(&m_executor, &Executor::rollbackDue, this,
            [this](const models::RunId& rollback) { Q_EMIT rollbackDue(m_state.id, rollback); });
    connect(&m_executor, &Executor::locksLeft, &m_locks, &RunLocks::release);
    connect(&m_locks, &RunLocks::recorded, this, &RunSession::fold);
    connect(&m_locks, &RunLocks::obstructed, this,
            [this](const QList<models::LockObstacle>& obstacles) {
                Q_EMIT obstructed(m_state.id, obstacles);
            });
    connect(&m_locks, &RunLocks::released, this, [this] { Q_EMIT locksReleased(m_state.id); });
    connect(&m_executor, &Executor::timerFired, this, &RunSession::recordTime);
    connect(&m_writer, &JournalWriter::stalled, this,
            [this](const models::Error& error) { refuse({}, error); });
}

void RunSession::begin() {
    m_executor.bringAbout(m_state);
}

void RunSession::resume() {
    // First: what the intent below brings about is not to begin what was found under way.
    m_executor.takeUp(m_state);
    submit({{}, [](const models::RunState&) -> Decision {
                return QList<models::EventDraft>{models::draft::driverChanged()};
            }});
}

void RunSession::takeOver(const QString& reason) {
    submit(intent::takeOver(reason));
}

/// What a step waited for is here: of an approval the end of its time, which may be no news where
/// it was decided in the same moment.
void RunSession::recordTime(const StepId& step) {
    const models::PlanStep* const placed = m_state.plan->find(step);
    if (placed == nullptr || !models::isApproval(placed->step))
        recordFact(models::draft::timerFired(step), {}, {});
    else if (m_state.step(step).status == models::StepStatus::Waiting)
        recordFact(models::draft::approvalExpired(step), {}, {});
}

void RunSession::showLive(const AttemptKey& attempt, int stream, const QByteArray& bytes) {
    Q_EMIT outputReceived(attempt, stream, bytes);
    m_pace.noteSent(bytes.size());
}

void RunSession::submit(Intent intent) {
    m_intents.add(std::move(intent));
    takeNextIntent();
}

void RunSession::takeNextIntent() {
    while (!m_recording && m_writer.isIdle() && !m_intents.isEmpty()) {
        recordIntent(m_intents.take());
    }
}

void RunSession::recordIntent(const Intent& intent) {
    const Decision decision = checked(intent);
    if (!decision) {
        refuse(intent.step, decision.error());
        return;
    }
    if (decision->isEmpty()) {
        if (intent.origin == Intent::Origin::Run)
            m_continuing.remove(intent.step);
        return;
    }
    if (intent.givesAway && m_locks.isAsking()) {
        awaitLocks(intent);
        return;
    }
    if (const QStringList places = placesToOpen(m_executor.places(), *decision, intent);
        !places.isEmpty()) {
        openPlaces(places, intent);
        return;
    }
    const Decision complete = completed(m_state, m_executor.places(), *decision, intent);
    if (!complete)
        refuse(intent.step, complete.error());
    else if (!intent.hasLocks && RunLocks::beginsChange(m_state, *complete))
        takeLocks(*complete, intent);
    else
        write(intent, *complete);
}

/// What the intent comes to on the state as it is, fit to be recorded.
Decision RunSession::checked(const Intent& intent) const {
    const Decision decision = intent.decide(m_state);
    if (!decision)
        return decision;
    if (models::holdsSecret(m_executor.masker(), *decision)) {
        const QString reason = u"The command holds the value of a secret. Use its name instead, as "
                               "in $NAME."_qs;
        if (intent.origin == Intent::Origin::Person)
            return models::failure(models::ErrorCode::Refused, reason);
        const int last = m_state.step(intent.step).attempts.last().number;
        return QList<models::EventDraft>{models::draft::cancelRequested(intent.step, last, reason)};
    }
    return models::masked(m_executor.masker(), *decision);
}

void RunSession::write(const Intent& intent, const QList<models::EventDraft>& drafts) {
    const bool isPersons = intent.origin == Intent::Origin::Person;
    m_recording = true;
    m_writer.write(isPersons ? JournalWriter::Kind::Intent : JournalWriter::Kind::Fact,
                   models::withWavesEntered(m_state, drafts), {},
                   [this, isPersons, step = intent.step](const auto& events) {
                       m_recording = false;
                       if (!isPersons)
                           m_continuing.remove(step);
                       if (events)
                           fold(*events);
                       else
                           refuse(step, events.error());
                   });
}

/// Before the intent is recorded: a place that cannot record a command refuses nothing afterwards.
/// The intent is decided anew, on the state as it is then. A host may take its time to answer: the
/// intents behind are taken meanwhile.
void RunSession::openPlaces(const QStringList& places, const Intent& intent) {
    struct Opening {
        Intent intent;
        qsizetype left;
    };
    // Shared: the last of the places to answer, whichever that is, ends it.
    const auto opening = std::make_shared<Opening>(Opening{intent, places.size()});
    ++m_looking;
    for (const QString& place : places) {
        m_executor.places().open(place, [this, opening, place](const models::Result<void>& opened) {
            if (!opened)
                opening->intent.unopened.insert(place, opened.error());
            if (--opening->left == 0) {
                --m_looking;
                putBack(std::move(opening->intent));
            }
        });
    }
}

/// Nothing changes before the run has its environment to itself. The intent is decided anew, as
/// after openPlaces().
void RunSession::takeLocks(const QList<models::EventDraft>& drafts, const Intent& intent) {
    ++m_looking;
    m_locks.take(drafts, [this, intent](const models::Result<void>& taken) {
        --m_looking;
        Intent again = intent;
        again.hasLocks = true;
        if (!taken && intent.origin == Intent::Origin::Person) {
            refuse(intent.step, taken.error());
            QMetaObject::invokeMethod(this, &RunSession::advance, Qt::QueuedConnection);
            return;
        }
        if (!taken) {
            // Between two batches: the hosts that come later are left out.
            again.decide = [step = intent.step, error = taken.error()](const auto& state) {
                return Decision(QList<models::EventDraft>{models::draft::cancelRequested(
                    step, state.step(step).attempts.last().number, error.message)});
            };
        }
        putBack(std::move(again));
    });
}

/// What was asked of the locks is recorded here, or nowhere. The intent is decided anew, as after
/// openPlaces().
void RunSession::awaitLocks(const Intent& intent) {
    ++m_looking;
    m_locks.whenSettled([this, intent] {
        --m_looking;
        putBack(intent);
    });
}

/// It is done, whoever held the environment: from here on the run holds it, or says who does.
void RunSession::lockWhatWasDoneByHand(const QList<models::Event>& events) {
    const bool isByHand =
        std::any_of(events.cbegin(), events.cend(), [](const models::Event& event) {
            return event.kind == models::EventKind::StepConfirmed ||
                   event.kind == models::EventKind::StepMarkedPassed;
        });
    if (isByHand && m_state.firstChange && m_state.status != models::RunStatus::Closed &&
        !models::holdsLocks(m_state))
        retryLocks();
}

void RunSession::retryLocks() {
    if (m_state.status != models::RunStatus::Closed)
        m_locks.take({}, [](const models::Result<void>&) {});
    else
        m_locks.release();
}

void RunSession::takeOverLocks(const QList<models::LockObstacle>& seen, const QString& reason) {
    if (m_state.status == models::RunStatus::Closed)
        refuse({}, {models::ErrorCode::Refused, u"The run is closed."_qs, {}});
    else if (reason.trimmed().isEmpty())
        refuse({}, {models::ErrorCode::InvalidInput, u"Taking over a lock needs a reason."_qs, {}});
    else
        m_locks.takeOver(seen, m_executor.masker().masked(reason.trimmed()),
                         [this](const models::Result<void>& taken) {
                             if (!taken)
                                 refuse({}, taken.error());
                         });
}

void RunSession::putBack(Intent intent) {
    m_intents.putBack(std::move(intent));
    QMetaObject::invokeMethod(this, &RunSession::advance, Qt::QueuedConnection);
}

/// Later: the writer may be in the middle of the append that brought this about.
void RunSession::continueStep(const StepId& step) {
    if (m_continuing.contains(step))
        return;
    m_continuing.insert(step);
    QMetaObject::invokeMethod(
        this, [this, step] { submit(intent::continueStep(step, presentInstant())); },
        Qt::QueuedConnection);
}

void RunSession::recordFact(const models::EventDraft& fact, const QList<OutputBody>& output,
                            const std::function<void()>& durable) {
    m_writer.write(JournalWriter::Kind::Fact, {fact}, output, [this, durable](const auto& events) {
        if (!events)
            return;
        fold(*events);
        if (durable)
            durable();
    });
}

void RunSession::fold(const QList<models::Event>& events) {
    for (const models::Event& event : events)
        m_state = models::apply(std::move(m_state), event);
    if (!events.isEmpty())
        Q_EMIT eventsAppended(m_state.id, events);
    m_executor.bringAbout(m_state);
    lockWhatWasDoneByHand(events);
    // The writer is still in the middle of this append: what comes next comes after it.
    QMetaObject::invokeMethod(this, &RunSession::advance, Qt::QueuedConnection);
}

void RunSession::advance() {
    takeNextIntent();
    if (!m_autoRunner.isActive() || m_recording || !m_intents.isEmpty() || m_looking > 0 ||
        !m_writer.isIdle())
        return;
    const AutoRunner::Turn turn = m_autoRunner.next(m_state);
    if (const auto* start = std::get_if<AutoRunner::Start>(&turn)) {
        startStep(start->step, {});
    } else if (const auto* stop = std::get_if<AutoRunner::Stop>(&turn)) {
        m_autoRunner.end();
        Q_EMIT runAllStopped(m_state.id, stop->step, stop->reason);
    }
}

void RunSession::startStep(const StepId& step, const StartOptions& options) {
    const int index = m_state.plan->indexOf.value(step, -1);
    const bool startable = models::refusal(m_state, index, models::StepIntent::Start).isEmpty();
    if (startable && models::requirementsOf(m_state, index).usesSudo)
        startAfterLook(step, options);
    else
        submit(intent::startStep(step, options, presentInstant()));
}

void RunSession::startAfterLook(const StepId& step, const StartOptions& options) {
    const auto places =
        models::hostsToStart(m_state, m_state.plan->indexOf.value(step), options.hosts);
    if (!places) {
        refuse(step, places.error());
        return;
    }
    ++m_looking;
    lookForSudo(m_executor.places(), *places,
                [this, step, options](const std::optional<models::Error>& refusal) {
                    --m_looking;
                    if (refusal)
                        refuse(step, *refusal);
                    else
                        submit(intent::startStep(step, options, presentInstant()));
                });
}

void RunSession::sendInput(const StepId& step, const QByteArray& bytes, const QString& host) {
    Intent input = intent::sendInput(step, bytes.size(), host);
    // The number is on disk before the bytes go: after a restart none is sent twice.
    const auto decide = input.decide;
    input.decide = [this, decide, step, bytes](const models::RunState& state) -> Decision {
        Decision decision = decide(state);
        if (!decision)
            return decision;
        m_writer.write(JournalWriter::Kind::Intent, *decision, {},
                       [this, step, drafts = *decision, bytes](const auto& events) {
                           if (!events) {
                               refuse(step, events.error());
                               return;
                           }
                           fold(*events);
                           for (const models::EventDraft& draft : drafts)
                               m_executor.sendInput(
                                   {m_state.id, step, draft.payload.value(u"attempt").toInt()},
                                   draft.payload.value(u"input").toInt(), bytes);
                       });
        decision->clear();
        return decision;
    };
    submit(std::move(input));
}

void RunSession::giveSecrets(const QMap<QString, QString>& values) {
    const models::Result<void> added = m_executor.addSecrets(values);
    if (!added) {
        refuse({}, added.error());
        return;
    }
    const QStringList names = values.keys();
    submit({{}, [names](const models::RunState& state) -> Decision {
                if (state.readOnly || state.status == models::RunStatus::Closed)
                    return QList<models::EventDraft>{};
                return QList<models::EventDraft>{models::draft::variablesSet({}, names)};
            }});
}

void RunSession::runAll(std::optional<int> section) {
    m_autoRunner.begin(section);
    advance();
}

void RunSession::stopRunningAll() {
    if (!m_autoRunner.isActive())
        return;
    m_autoRunner.end();
    Q_EMIT runAllStopped(m_state.id, m_state.current, u"Nothing more starts by itself."_qs);
}

void RunSession::refuse(const StepId& step, const models::Error& error) {
    Q_EMIT intentRefused(m_state.id, step, error);
    if (m_autoRunner.isActive() && !step.isEmpty()) {
        m_autoRunner.end();
        Q_EMIT runAllStopped(m_state.id, step, error.message);
    }
}

} // namespace app
