// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/executor.h"

#include "app/diagnostics/logging.h"
#include "app/run/attemptfact.h"
#include "app/run/whenfinished.h"
#include "models/run/draft.h"

#include <algorithm>
#include <array>

namespace app {

using namespace std::chrono_literals;
using models::AttemptKey;

namespace {

constexpr std::chrono::milliseconds cancelGrace = 5s;

} // namespace

struct Executor::Running {
    AttemptKey key;
    models::Step step;
    models::Attempt attempt;
    OutputRecorder recorder;
    bool launched = false;
    bool takenUp = false;
    bool cancelSent = false;
    int headsAwaited = 0; ///< earlier output still to come from the journal
    QString cancelRemark;
};

Executor::Executor(const models::RunState& state, JournalStore& journal,
                   const RunService::PlaceFactory& places, QObject* parent)
    : QObject(parent)
    , m_run(state.id)
    , m_journal(journal)
    , m_places(
          state.id,
          [places, plan = state.plan](const QString& name) { return places(plan->context, name); },
          [this](Place& place) { follow(place); }) {
    m_batchTimer.setParent(this);
    m_batchTimer.setSingleShot(true);
    m_batchTimer.setInterval(50ms);
    connect(&m_batchTimer, &QTimer::timeout, this, &Executor::flushBatches);
    connect(&m_timers, &StepTimers::fired, this, &Executor::timerFired);
}

Executor::~Executor() = default;

void Executor::bringAbout(const models::RunState& state) {
    for (const models::Effect& effect : models::next(state)) {
        if (const auto* run = std::get_if<models::RunAttempt>(&effect))
            start(state, run->attempt);
        else if (const auto* end = std::get_if<models::CancelAttempt>(&effect))
            cancel(end->attempt);
        else if (const auto* timer = std::get_if<models::ArmTimer>(&effect))
            m_timers.arm(timer->step, timer->at);
        else if (const auto* further = std::get_if<models::ContinueStep>(&effect))
            Q_EMIT continuationDue(further->step);
        else if (const auto* back = std::get_if<models::FollowRollback>(&effect))
            Q_EMIT rollbackDue(back->run);
        else if (std::holds_alternative<models::ReleaseLocks>(effect))
            Q_EMIT locksLeft();
        else
            cleanUp(state);
    }
}

void Executor::takeUp(const models::RunState& state) {
    for (const models::Effect& effect : models::next(state)) {
        if (const auto* run = std::get_if<models::RunAttempt>(&effect))
            m_takenUp.insert(run->attempt);
    }
    bringAbout(state);
    acknowledgeEnded(state);
}

/// Nobody recorded whether their places ever heard of it. Said twice it does nothing.
void Executor::acknowledgeEnded(const models::RunState& state) {
    for (auto step = state.steps.cbegin(); step != state.steps.cend(); ++step) {
        for (const models::Attempt& attempt : step->attempts) {
            if (models::isUnderWay(attempt) || attempt.status == models::AttemptStatus::NotStarted)
                continue;
            const AttemptKey key{m_run, step.key(), attempt.number};
            m_ended.insert(key, {attempt.place, attempt.asks,
                                 attempt.status != models::AttemptStatus::Unknown});
            acknowledge(key);
        }
    }
}

models::Result<void> Executor::addSecrets(const QMap<QString, QString>& values) {
    for (const QString& value : values) {
        const models::Result<void> checked = models::SecretMasker::check(value);
        if (!checked)
            return checked;
    }
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        const models::Result<void> added = m_masker.add(it.value());
        if (!added)
            return added;
        maskInLog(it.value());
        m_secrets.insert(it.key(), it.value());
    }
    for (auto& [key, running] : m_running)
        launch(*running);
    return {};
}

void Executor::follow(Place& place) {
    connect(&place, &Place::outputReceived, this, &Executor::receive);
    connect(&place, &Place::attemptFinished, this, &Executor::finish);
    connect(&place, &Place::attemptUnknown, this, &Executor::lose);
    connect(&place, &Place::attemptRefused, this, &Executor::refuse);
    connect(&place, &Place::attemptStarted, this, [this](const AttemptKey& key) {
        if (m_takenUp.remove(key))
            Q_EMIT reattached(key);
    });
    connect(&place, &Place::cancelFinished, this,
            [this](const AttemptKey& key, CancelOutcome outcome, const QString& leftBehind) {
                const auto found = m_running.find(key);
                if (found == m_running.end() || outcome == CancelOutcome::Gone)
                    return;
                found->second->cancelRemark =
                    outcome == CancelOutcome::LeftBehind
                        ? u"These processes are still there: "_qs + leftBehind
                        : u"Whether all its processes ended could not be confirmed."_qs;
            });
}

std::vector<std::unique_ptr<Place>> Executor::takePlaces() {
    std::vector<std::unique_ptr<Place>> taken = m_places.take();
    for (const std::unique_ptr<Place>& place : taken)
        place->disconnect(this);
    return taken;
}

void Executor::start(const models::RunState& state, const AttemptKey& key) {
    const models::Attempt& attempt = state.step(key.step).attempts[key.number - 1];
    const auto ended = m_ended.constFind(key);
    if (m_running.contains(key) || (ended != m_ended.cend() && ended->asks >= attempt.asks))
        return;
    m_ended.remove(key);
    if (attempt.isAsking)
        m_takenUp.insert(key);
    const StreamOffsets from{attempt.outputBytes[0], attempt.outputBytes[1]};
    auto running = std::make_unique<Running>(Running{key,
                                                     state.plan->find(key.step)->step,
                                                     attempt,
                                                     OutputRecorder(key, m_masker, from),
                                                     false,
                                                     m_takenUp.contains(key),
                                                     false,
                                                     0,
                                                     {}});
    Running& started = *running;
    m_running.emplace(key, std::move(running));
    // Expectations speak of all output, also of what another process recorded.
    for (const OutputStream stream : {OutputStream::Stdout, OutputStream::Stderr}) {
        if (attempt.outputBytes[static_cast<int>(stream)] == 0)
            continue;
        ++started.headsAwaited;
        whenFinished(m_journal.output(key, static_cast<int>(stream), OutputRecorder::keptBytes),
                     this, [this, key, stream](const models::Result<QByteArray>& head) {
                         const auto found = m_running.find(key);
                         if (found == m_running.end())
                             return;
                         if (head)
                             found->second->recorder.prepend(stream, *head);
                         --found->second->headsAwaited;
                         launch(*found->second);
                     });
    }
    launch(started);
}

/// Output of an attempt that received secrets stays at its place until these can be masked.
void Executor::launch(Running& running) {
    const bool knowsSecrets =
        std::all_of(running.attempt.secrets.cbegin(), running.attempt.secrets.cend(),
                    [this](const QString& name) { return m_secrets.contains(name); });
    if (running.launched || running.headsAwaited > 0 || !knowsSecrets)
        return;
    running.launched = true;
    Place* const at = m_places.at(running.attempt.place);
    if (!at) {
        // Later: whoever launches may be walking through what runs.
        QMetaObject::invokeMethod(
            this, [this, key = running.key] { missPlace(key); }, Qt::QueuedConnection);
        return;
    }
    const AttemptKey key = running.key;
    const bool isCancelled = running.cancelSent;
    at->run(requestFor(running));
    if (m_flow == Place::OutputFlow::Held)
        at->setOutputFlow(key, m_flow);
    if (isCancelled)
        at->cancel(key, cancelGrace);
}

/// What was begun here did not start; what another console began may have.
void Executor::missPlace(const AttemptKey& key) {
    const auto found = m_running.find(key);
    if (found == m_running.end())
        return;
    const QString reason = u"This version cannot reach %1."_qs.arg(found->second->attempt.place);
    if (found->second->takenUp)
        lose(key, reason, u"It was begun before this console took the run up."_qs,
             models::Loss::Unanswered);
    else
        refuse(key, {models::ErrorCode::NotFound, reason, {}});
}

void Executor::setOutputFlow(Place::OutputFlow flow) {
    if (m_flow == flow)
        return;
    m_flow = flow;
    for (const auto& [key, running] : m_running) {
        Place* const at = running->launched ? m_places.at(running->attempt.place) : nullptr;
        if (at)
            at->setOutputFlow(key, flow);
    }
}

AttemptRequest Executor::requestFor(const Running& running) const {
    const models::Attempt& attempt = running.attempt;
    AttemptRequest request;
    request.attempt = running.key;
    request.origin = attempt.isAsking  ? AttemptOrigin::AskedAbout
                     : running.takenUp ? AttemptOrigin::FoundUnderWay
                                       : AttemptOrigin::BegunHere;
    request.folder = attempt.folder;
    request.shell = attempt.shell;
    request.script = attempt.script.toUtf8();
    request.variables = attempt.variables;
    for (const QString& name : attempt.secrets)
        request.secrets.insert(name, m_secrets.value(name));
    request.withheld = m_secrets.values();
    if (attempt.restoreNumber > 0)
        request.restoreFrom = AttemptKey{m_run, attempt.restoreStep, attempt.restoreNumber};
    request.workingDirectory = attempt.workingDirectory;
    request.timeLimit = attempt.timeLimit;
    request.grace = cancelGrace;
    request.input = attempt.interactive ? InputMode::Pipe : InputMode::None;
    request.errexit = attempt.errexit;
    request.from = {attempt.outputBytes[0], attempt.outputBytes[1]};
    return request;
}

void Executor::cancel(const AttemptKey& key) {
    const auto found = m_running.find(key);
    if (found == m_running.end() || found->second->cancelSent)
        return;
    found->second->cancelSent = true;
    Place* const at = found->second->launched ? m_places.at(found->second->attempt.place) : nullptr;
    if (at)
        at->cancel(key, cancelGrace);
}

void Executor::receive(const AttemptKey& key, OutputStream stream, qint64 offset,
                       const QByteArray& bytes) {
    const auto found = m_running.find(key);
    if (found == m_running.end())
        return;
    OutputRecorder& recorder = found->second->recorder;
    const QByteArray shown = recorder.push(stream, offset, bytes);
    if (!shown.isEmpty())
        Q_EMIT liveOutput(key, static_cast<int>(stream), shown);
    if (recorder.isBatchFull())
        Q_EMIT outputReady(recorder.takeBatch());
    else if (recorder.hasBatch() && !m_batchTimer.isActive())
        m_batchTimer.start();
}

void Executor::flushBatches() {
    for (auto& [key, running] : m_running) {
        if (running->recorder.hasBatch())
            Q_EMIT outputReady(running->recorder.takeBatch());
    }
}

void Executor::finish(const AttemptKey& key, const AttemptRecord& record) {
    const auto found = m_running.find(key);
    if (found == m_running.end())
        return;
    Running& running = *found->second;
    const std::array<QByteArray, 2> rest = running.recorder.finish();
    for (int stream = 0; stream < 2; ++stream) {
        if (!rest[static_cast<std::size_t>(stream)].isEmpty())
            Q_EMIT liveOutput(key, stream, rest[static_cast<std::size_t>(stream)]);
    }
    end(running,
        attemptFact(running.step, running.attempt, record, running.recorder, running.cancelRemark));
}

void Executor::lose(const AttemptKey& key, const QString& reason, const QString& evidence,
                    models::Loss loss) {
    const auto found = m_running.find(key);
    if (found == m_running.end())
        return;
    // What may still be asked for is whole then: a secret is not torn in two.
    if (loss == models::Loss::ForGood)
        found->second->recorder.finish();
    m_places.close(found->second->attempt.place);
    end(*found->second,
        models::draft::outcomeUnknown(key.step, key.number, reason, evidence, loss));
}

void Executor::refuse(const AttemptKey& key, const models::Error& error) {
    const auto found = m_running.find(key);
    if (found == m_running.end())
        return;
    m_places.close(found->second->attempt.place);
    end(*found->second, models::draft::notStarted(key.step, key.number, error.message));
}

void Executor::end(Running& running, const models::EventDraft& fact) {
    const AttemptKey key = running.key;
    const QList<OutputBody> last = running.recorder.takeBatch();
    m_ended.insert(key, {running.attempt.place, running.attempt.asks,
                         fact.kind != models::EventKind::OutcomeUnknown});
    m_takenUp.remove(key);
    m_running.erase(key);
    Q_EMIT attemptEnded(key, fact, last);
}

void Executor::acknowledge(const AttemptKey& attempt) {
    const auto found = m_ended.constFind(attempt);
    if (found == m_ended.cend() || !found->isKnown)
        return;
    if (Place* const at = m_places.at(found->place))
        at->acknowledge(attempt);
}

void Executor::sendInput(const AttemptKey& attempt, int number, const QByteArray& bytes) {
    const auto found = m_running.find(attempt);
    Place* const at =
        found == m_running.end() ? nullptr : m_places.at(found->second->attempt.place);
    if (!at)
        return;
    found->second->attempt.inputs = number;
    at->sendInput(attempt, number, bytes);
}

void Executor::cleanUp(const models::RunState& state) {
    if (m_cleanedUp)
        return;
    m_cleanedUp = true;
    QSet<QString> used;
    for (const models::StepState& step : state.steps) {
        for (const models::Attempt& attempt : step.attempts)
            used.insert(attempt.place);
    }
    for (const QString& name : used) {
        if (Place* const at = m_places.at(name))
            at->closeRun(m_run);
    }
}

} // namespace app
