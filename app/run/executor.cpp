// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/executor.h"

#include "app/diagnostics/logging.h"
#include "app/run/whenfinished.h"
#include "models/run/draft.h"
#include "models/run/resolve.h"

#include <QDateTime>

#include <algorithm>
#include <array>

namespace app {

using namespace std::chrono_literals;
using models::AttemptKey;

namespace {

constexpr std::chrono::milliseconds cancelGrace = 5s;
constexpr std::chrono::milliseconds longestTimer = 24h;

QString durationText(std::chrono::milliseconds duration) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    return seconds % 60 == 0 && seconds > 0 ? u"%1 min"_qs.arg(seconds / 60)
                                            : u"%1 s"_qs.arg(double(duration.count()) / 1000);
}

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
    , m_makePlace([places, plan = state.plan](const QString& name) {
        return places(plan->context, name);
    }) {
    m_batchTimer.setParent(this);
    m_batchTimer.setSingleShot(true);
    m_batchTimer.setInterval(50ms);
    connect(&m_batchTimer, &QTimer::timeout, this, &Executor::flushBatches);
}

Executor::~Executor() = default;

void Executor::bringAbout(const models::RunState& state) {
    for (const models::Effect& effect : models::next(state)) {
        if (const auto* run = std::get_if<models::RunAttempt>(&effect))
            start(state, run->attempt);
        else if (const auto* end = std::get_if<models::CancelAttempt>(&effect))
            cancel(end->attempt);
        else if (const auto* timer = std::get_if<models::ArmTimer>(&effect))
            armTimer(timer->step, timer->at);
        else if (const auto* further = std::get_if<models::ContinueStep>(&effect))
            Q_EMIT continuationDue(further->step);
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
            m_ended.insert(key, attempt.place);
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

Place* Executor::place(const QString& name) {
    std::unique_ptr<Place>& place = m_places[name];
    if (!place) {
        place = m_makePlace(name);
        if (!place)
            return nullptr;
        connect(place.get(), &Place::outputReceived, this, &Executor::receive);
        connect(place.get(), &Place::attemptFinished, this, &Executor::finish);
        connect(place.get(), &Place::attemptUnknown, this, &Executor::lose);
        connect(place.get(), &Place::attemptRefused, this, &Executor::refuse);
        connect(place.get(), &Place::attemptStarted, this, [this](const AttemptKey& key) {
            if (m_takenUp.remove(key))
                Q_EMIT reattached(key);
        });
        connect(place.get(), &Place::cancelFinished, this,
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
    return place.get();
}

void Executor::start(const models::RunState& state, const AttemptKey& key) {
    if (m_running.contains(key) || m_ended.contains(key))
        return;
    const models::Attempt& attempt = state.step(key.step).attempts[key.number - 1];
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
    Place* const at = place(running.attempt.place);
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
        lose(key, reason, u"It was begun before this console took the run up."_qs);
    else
        refuse(key, {models::ErrorCode::NotFound, reason, {}});
}

void Executor::setOutputFlow(Place::OutputFlow flow) {
    if (m_flow == flow)
        return;
    m_flow = flow;
    for (const auto& [key, running] : m_running) {
        Place* const at = running->launched ? place(running->attempt.place) : nullptr;
        if (at)
            at->setOutputFlow(key, flow);
    }
}

AttemptRequest Executor::requestFor(const Running& running) const {
    const models::Attempt& attempt = running.attempt;
    AttemptRequest request;
    request.attempt = running.key;
    request.origin = running.takenUp ? AttemptOrigin::FoundUnderWay : AttemptOrigin::BegunHere;
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
    Place* const at = found->second->launched ? place(found->second->attempt.place) : nullptr;
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

models::EventDraft Executor::factOf(Running& running, const AttemptRecord& record) const {
    models::Attempt& attempt = running.attempt;
    attempt.exitCode = record.exitCode;
    attempt.stateSaved = record.stateSaved;
    attempt.outputCut = record.outputCut;
    attempt.evidence = running.cancelRemark;
    const models::StepId& step = running.step.id;
    if (record.ranNothing) {
        return models::draft::notStarted(step, attempt.number,
                                         u"Nothing was run: "_qs + record.reason);
    }
    if (record.cancelled) {
        attempt.reason = attempt.streaming ? u"It was stopped. Judge it by its output."_qs
                                           : u"It was cancelled."_qs;
        return models::draft::cancelled(step, attempt,
                                        attempt.streaming ? models::StepStatus::Waiting
                                                          : models::StepStatus::Failed);
    }
    if (record.byTimeLimit) {
        attempt.reason =
            u"It was ended at its time limit of %1."_qs.arg(durationText(attempt.timeLimit));
        return models::draft::stepFinished(step, attempt,
                                           attempt.streaming ? models::StepStatus::Waiting
                                                             : models::StepStatus::Failed);
    }
    models::StepStatus status =
        models::judge(running.step, attempt, running.recorder.text(OutputStream::Stdout),
                      running.recorder.text(OutputStream::Stderr));
    const bool isComplete = running.recorder.isTextComplete();
    // A part of the output is no evidence; the exit status has decided already.
    if (!isComplete && attempt.exitCode.value_or(-1) != attempt.expectExit)
        attempt.expectations.clear();
    const bool judgedInPart = !isComplete && !attempt.expectations.isEmpty();
    if (judgedInPart || (attempt.streaming && status == models::StepStatus::Passed &&
                         attempt.expectations.isEmpty())) {
        status = models::StepStatus::Waiting;
        attempt.reason = judgedInPart ? u"There is too much output to check. Judge it by eye."_qs
                                      : u"It ended by itself. Judge it by its output."_qs;
    }
    if (attempt.inputs > 0 && attempt.evidence.isEmpty())
        attempt.evidence = u"Input was typed: of this step only the directory is carried over."_qs;
    if (record.outputCut && attempt.evidence.isEmpty())
        attempt.evidence =
            u"A part of its output is missing: there was no room for it on the disk. "
            "Free some space there."_qs;
    if (record.leftBehind > 0 && attempt.evidence.isEmpty())
        attempt.evidence = u"%1 background processes go on."_qs.arg(record.leftBehind);
    return models::draft::stepFinished(step, attempt, status);
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
    end(running, factOf(running, record));
}

void Executor::lose(const AttemptKey& key, const QString& reason, const QString& evidence) {
    const auto found = m_running.find(key);
    if (found == m_running.end())
        return;
    found->second->recorder.finish();
    m_folders.remove(found->second->attempt.place);
    end(*found->second, models::draft::outcomeUnknown(key.step, key.number, reason, evidence));
}

void Executor::refuse(const AttemptKey& key, const models::Error& error) {
    const auto found = m_running.find(key);
    if (found == m_running.end())
        return;
    m_folders.remove(found->second->attempt.place);
    end(*found->second, models::draft::notStarted(key.step, key.number, error.message));
}

void Executor::end(Running& running, const models::EventDraft& fact) {
    const AttemptKey key = running.key;
    const QList<OutputBody> last = running.recorder.takeBatch();
    m_ended.insert(key, running.attempt.place);
    m_takenUp.remove(key);
    m_running.erase(key);
    Q_EMIT attemptEnded(key, fact, last);
}

void Executor::acknowledge(const AttemptKey& attempt) {
    const auto found = m_ended.constFind(attempt);
    Place* const at = found == m_ended.cend() ? nullptr : place(*found);
    if (at)
        at->acknowledge(attempt);
}

void Executor::sendInput(const AttemptKey& attempt, int number, const QByteArray& bytes) {
    const auto found = m_running.find(attempt);
    Place* const at = found == m_running.end() ? nullptr : place(found->second->attempt.place);
    if (!at)
        return;
    found->second->attempt.inputs = number;
    at->sendInput(attempt, number, bytes);
}

void Executor::openPlace(const QString& name,
                         std::function<void(const models::Result<void>&)> done) {
    Place* const at = place(name);
    if (!at) {
        m_folders.insert(name, {});
        done({});
        return;
    }
    at->openRun(m_run, [this, name, done = std::move(done)](const models::Result<QString>& folder) {
        if (folder)
            m_folders.insert(name, *folder);
        done(folder.map([](const QString&) {}));
    });
}

void Executor::exec(const QString& name, const QStringList& argv, Place::ExecCallback done) {
    if (Place* const at = place(name))
        at->exec(argv, 10s, std::move(done));
    else
        done(models::failure(models::ErrorCode::NotFound,
                             u"This version cannot reach %1."_qs.arg(name)));
}

QList<Place*> Executor::places() const {
    QList<Place*> all;
    for (const auto& [name, place] : m_places) {
        if (place)
            all.append(place.get());
    }
    return all;
}

std::vector<std::unique_ptr<Place>> Executor::takePlaces() {
    std::vector<std::unique_ptr<Place>> taken;
    for (auto& [name, place] : m_places) {
        if (!place)
            continue;
        place->disconnect(this);
        taken.push_back(std::move(place));
    }
    m_places.clear();
    return taken;
}

void Executor::armTimer(const models::StepId& step, models::Instant at) {
    if (m_timers.value(step) == at)
        return;
    m_timers.insert(step, at);
    const auto now = std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch());
    const auto due =
        std::chrono::ceil<std::chrono::milliseconds>(std::chrono::nanoseconds(at.nanoseconds));
    if (due <= now) {
        QTimer::singleShot(0ms, this, [this, step] { Q_EMIT timerFired(step); });
        return;
    }
    QTimer::singleShot(std::min(due - now, longestTimer), Qt::PreciseTimer, this, [this, step, at] {
        // Long waits are taken in parts; a step reopened has another time.
        if (m_timers.value(step) != at)
            return;
        m_timers.remove(step);
        armTimer(step, at);
    });
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
        if (Place* const at = place(name))
            at->closeRun(m_run);
    }
}

} // namespace app
