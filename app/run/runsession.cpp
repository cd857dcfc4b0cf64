// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runsession.h"

#include "models/run/draft.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"

#include <QDateTime>
#include <QJsonDocument>

namespace app {

using models::AttemptKey;
using models::StepId;

namespace {

models::Instant now() {
    return {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
}

/// Whether the step of the fact counts as done after it; nothing where that takes a fold to tell.
std::optional<bool> doneAfter(const models::EventDraft& draft) {
    using models::EventKind;
    if (draft.kind == EventKind::StepFinished || draft.kind == EventKind::Cancelled)
        return draft.payload.value(u"status").toString() ==
               models::stepStatusName(models::StepStatus::Passed);
    if (draft.kind == EventKind::StepStarted || draft.kind == EventKind::Reattached)
        return false;
    return std::nullopt;
}

/// The progress with these drafts folded into a copy: in time of the plan, at a person's pace.
models::Progress progressByFolding(models::RunState state,
                                   const QList<models::EventDraft>& drafts) {
    for (const models::EventDraft& draft : drafts) {
        models::Event event;
        event.run = state.id;
        event.seq = state.lastSeq + 1;
        event.at = now();
        event.kind = draft.kind;
        event.payload = draft.payload;
        state = models::apply(std::move(state), event);
    }
    return models::progressOf(state, state.plan->mainLane());
}

/// What the runs list shows once these events are written; it is stored in the same append. What
/// commands bring about, which may be often, costs nothing in proportion to the plan.
models::Progress progressAfter(const models::RunState& state,
                               const QList<models::EventDraft>& drafts) {
    const models::Plan& plan = *state.plan;
    models::Progress progress = models::progressOf(state, plan.mainLane());
    QHash<StepId, bool> decided;
    for (const models::EventDraft& draft : drafts) {
        const std::optional<bool> done = doneAfter(draft);
        if (!done)
            return progressByFolding(state, drafts);
        const StepId id(draft.payload.value(u"step").toString());
        const models::PlanStep* step = plan.find(id);
        if (!step || !step->applicable || step->step.lane != plan.mainLane())
            continue;
        const models::StepStatus before = state.step(id).status;
        const bool wasDone = decided.value(id, before == models::StepStatus::Passed ||
                                                   before == models::StepStatus::Skipped);
        progress.done += static_cast<int>(*done) - static_cast<int>(wasDone);
        decided.insert(id, *done);
    }
    return progress;
}

/// People's words may hold a secret by mistake; the journal never does.
QJsonObject maskedPayload(const models::SecretMasker& masker, const QJsonObject& payload) {
    const QByteArray text = QJsonDocument(payload).toJson(QJsonDocument::Compact);
    const QByteArray masked = masker.masked(text);
    if (masked == text)
        return payload;
    QJsonObject result;
    for (auto it = payload.constBegin(); it != payload.constEnd(); ++it) {
        if (it->isString())
            result.insert(it.key(), masker.masked(it->toString()));
        else if (it->isObject())
            result.insert(it.key(), maskedPayload(masker, it->toObject()));
        else
            result.insert(it.key(), *it);
    }
    return result;
}

} // namespace

RunSession::RunSession(models::RunState state, JournalStore& journal,
                       const RunService::PlaceFactory& places, QObject* parent)
    : QObject(parent)
    , m_state(std::move(state))
    , m_writer(journal, m_state.id, this)
    , m_executor(m_state, journal, places, this) {
    m_writer.setProgressAfter(
        [this](const QList<models::EventDraft>& drafts) { return progressAfter(m_state, drafts); });
    const auto setBehind = [this](bool behind) {
        m_writerBehind = behind;
        settleOutputFlow();
    };
    connect(&m_writer, &JournalWriter::outputPiledUp, this, [setBehind] { setBehind(true); });
    connect(&m_writer, &JournalWriter::outputDrained, this, [setBehind] { setBehind(false); });
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
        if (!step.attempts.isEmpty())
            recordFact(models::draft::reattached(key.step, step.attempts.last()), {}, {});
    });
    connect(&m_executor, &Executor::timerFired, this,
            [this](const StepId& step) { recordFact(models::draft::timerFired(step), {}, {}); });
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

void RunSession::showLive(const AttemptKey& attempt, int stream, const QByteArray& bytes) {
    m_toBeShown += bytes.size();
    Q_EMIT outputReceived(attempt, stream, bytes);
    if (!m_windowBehind && m_toBeShown > JournalWriter::muchOutput) {
        m_windowBehind = true;
        settleOutputFlow();
    }
}

void RunSession::noteShown(qsizetype bytes) {
    m_toBeShown -= bytes;
    if (m_windowBehind && m_toBeShown < JournalWriter::littleOutput) {
        m_windowBehind = false;
        settleOutputFlow();
    }
}

/// Output waits at its place, which has room for it, while the journal or the window is behind.
void RunSession::settleOutputFlow() {
    m_executor.setOutputFlow(m_writerBehind || m_windowBehind ? Place::OutputFlow::Held
                                                              : Place::OutputFlow::Flowing);
}

void RunSession::submit(Intent intent) {
    m_intents.push_back(std::move(intent));
    takeNextIntent();
}

void RunSession::takeNextIntent() {
    while (!m_recording && m_writer.isIdle() && !m_intents.empty()) {
        const Intent intent = std::move(m_intents.front());
        m_intents.pop_front();
        recordIntent(intent);
    }
}

void RunSession::recordIntent(const Intent& intent) {
    const Decision decision = intent.decide(m_state);
    if (!decision) {
        refuse(intent.step, decision.error());
        return;
    }
    if (decision->isEmpty())
        return;
    QList<models::EventDraft> drafts = *decision;
    if (holdsSecret(drafts)) {
        refuse(intent.step, {models::ErrorCode::Refused,
                             u"The command holds the value of a secret. Use its name instead, as "
                             "in $NAME."_qs,
                             {}});
        return;
    }
    for (models::EventDraft& draft : drafts)
        draft.payload = maskedPayload(m_executor.masker(), draft.payload);
    if (const QString place = placeToOpen(drafts); !place.isEmpty()) {
        openPlace(place, intent);
        return;
    }
    for (models::EventDraft& draft : drafts)
        noteFolder(draft);
    m_recording = true;
    m_writer.write(JournalWriter::Kind::Intent, drafts, {},
                   [this, step = intent.step](const auto& events) {
                       m_recording = false;
                       if (events)
                           fold(*events);
                       else
                           refuse(step, events.error());
                   });
}

/// Where something is to be begun and nothing has been looked at yet; empty: nowhere.
QString RunSession::placeToOpen(const QList<models::EventDraft>& drafts) const {
    for (const models::EventDraft& draft : drafts) {
        const QString place = draft.payload.value(u"place").toString();
        if (draft.kind == models::EventKind::StepStarted && !m_executor.isPlaceOpen(place))
            return place;
    }
    return {};
}

/// Before the intent is recorded: a place that cannot record a command refuses nothing afterwards.
/// The intent is decided anew, on the state as it is then.
void RunSession::openPlace(const QString& place, const Intent& intent) {
    m_recording = true;
    m_executor.openPlace(place, [this, intent](const models::Result<void>& opened) {
        m_recording = false;
        if (opened)
            m_intents.push_front(intent);
        else
            refuse(intent.step, opened.error());
        QMetaObject::invokeMethod(this, &RunSession::advance, Qt::QueuedConnection);
    });
}

/// With the intent stands what it is begun in: a later console sees when that was replaced.
void RunSession::noteFolder(models::EventDraft& draft) const {
    if (draft.kind != models::EventKind::StepStarted)
        return;
    const QString folder = m_executor.folderAt(draft.payload.value(u"place").toString());
    if (!folder.isEmpty())
        draft.payload.insert(u"folder"_qs, folder);
}

/// A masked script would be another script: what runs is refused rather than changed.
bool RunSession::holdsSecret(const QList<models::EventDraft>& drafts) const {
    if (m_executor.masker().isEmpty())
        return false;
    return std::any_of(drafts.cbegin(), drafts.cend(), [this](const models::EventDraft& draft) {
        const QString script = draft.payload.value(u"script").toString();
        const QJsonObject variables = draft.payload.value(u"variables").toObject();
        const bool cleanVariables = std::none_of(
            variables.constBegin(), variables.constEnd(), [this](const QJsonValue& value) {
                return m_executor.masker().masked(value.toString()) != value.toString();
            });
        return m_executor.masker().masked(script) != script || !cleanVariables;
    });
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
    // The writer is still in the middle of this append: what comes next comes after it.
    QMetaObject::invokeMethod(this, &RunSession::advance, Qt::QueuedConnection);
}

void RunSession::advance() {
    takeNextIntent();
    if (!m_autoRunner.isActive() || m_recording || !m_intents.empty() || m_looking > 0 ||
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
        submit(intent::startStep(step, options, now()));
}

/// sudo without a terminal cannot ask: it is seen beforehand whether it would.
void RunSession::startAfterLook(const StepId& step, const StartOptions& options) {
    const auto place = models::placeOf(*m_state.plan, m_state.plan->find(step)->step);
    if (!place) {
        refuse(step, place.error());
        return;
    }
    ++m_looking;
    m_executor.exec(*place, {u"sudo"_qs, u"-n"_qs, u"true"_qs},
                    [this, step, options](const models::Result<ExecResult>& result) {
                        --m_looking;
                        if (result && result->exitCode == 0) {
                            submit(intent::startStep(step, options, now()));
                            return;
                        }
                        refuse(step,
                               {models::ErrorCode::Refused,
                                u"sudo would ask for a password here. Allow this command "
                                "without one, or run it in a terminal and mark the step as "
                                "passed."_qs,
                                result ? QString::fromUtf8(result->err) : result.error().message});
                    });
}

void RunSession::sendInput(const StepId& step, const QByteArray& bytes) {
    Intent input = intent::sendInput(step, bytes.size());
    // The number is on disk before the bytes go: after a restart none is sent twice.
    const auto decide = input.decide;
    input.decide = [this, decide, step, bytes](const models::RunState& state) -> Decision {
        Decision decision = decide(state);
        if (decision) {
            const models::Attempt& attempt = state.step(step).attempts.last();
            const AttemptKey key{state.id, step, attempt.number};
            const int number = attempt.inputs + 1;
            m_writer.write(JournalWriter::Kind::Intent, *decision, {},
                           [this, key, number, bytes](const auto& events) {
                               if (!events) {
                                   refuse(key.step, events.error());
                                   return;
                               }
                               fold(*events);
                               m_executor.sendInput(key, number, bytes);
                           });
            decision->clear();
        }
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
    Q_EMIT runAllStopped(m_state.id, m_state.current, u"It was stopped."_qs);
}

void RunSession::refuse(const StepId& step, const models::Error& error) {
    Q_EMIT intentRefused(m_state.id, step, error);
    if (m_autoRunner.isActive() && !step.isEmpty()) {
        m_autoRunner.end();
        Q_EMIT runAllStopped(m_state.id, step, error.message);
    }
}

} // namespace app
