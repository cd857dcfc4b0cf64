// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/runservice.h"

#include "app/diagnostics/clock.h"
#include "app/run/approvalsigner.h"
#include "app/run/courier.h"
#include "app/run/engine.h"
#include "app/run/enginethread.h"
#include "app/run/handover.h"
#include "app/run/headkeeper.h"
#include "app/run/runsecrets.h"
#include "app/run/runstatustext.h"
#include "app/run/startedpromise.h"
#include "app/run/stepneeds.h"
#include "app/run/whenfinished.h"
#include "models/run/standing.h"

#include <QSemaphore>

#include <algorithm>

namespace app {

using models::RunId;
using models::RunState;
using models::StepId;

namespace {

constexpr int settleLimit = 2000; // ms

} // namespace

class RunService::Private {
public:
    Private(RunService& service, JournalStore& journal, SecretStore& secrets, PlaceFactory places,
            std::shared_ptr<EngineThread> engine)
        : m_service(service)
        , m_journal(journal)
        , m_secrets(secrets,
                    [this](const RunId& run, const QMap<QString, QString>& values) {
                        handOver(run, values);
                    })
        , m_heads(secrets)
        , m_thread(engine ? std::move(engine) : std::make_shared<EngineThread>())
        , m_engine(new Engine(journal, std::move(places))) {
        m_engine->moveToThread(&m_thread->thread());
    }
    ~Private() {
        // Orders that have just been given are to reach their places. Nobody waits long for one
        // that is away.
        const auto settled = std::make_shared<QSemaphore>();
        post([settled](Engine& engine) { engine.settle([settled] { settled->release(); }); });
        (void)settled->tryAcquire(1, settleLimit);
        m_thread->postAndWait([this] { delete m_engine; });
    }

    /// Does this on the engine's thread.
    template <class Act>
    void post(Act act) {
        m_thread->post([engine = m_engine, act = std::move(act)] { act(*engine); });
    }
    void submit(const RunId& run, Intent intent) {
        post([run, intent = std::move(intent)](Engine& engine) {
            engine.with(run, [&intent](RunSession& session) { session.submit(intent); });
        });
    }

    void opened(const RunId& run, const QList<models::Event>& events);
    void fold(const RunId& run, const QList<models::Event>& events);
    void handOver(const RunId& run, const QMap<QString, QString>& secrets);
    void beginRollbacks();
    void answer(const RunId& run, const StepId& step,
                const models::Result<models::SignedAnswer>& given);
    void connectEngine();
    void inOrder(const RunId& run, std::function<void()> fact);

    RunService& m_service;
    JournalStore& m_journal;
    RunSecrets m_secrets;
    HeadKeeper m_heads;
    std::shared_ptr<EngineThread> m_thread;
    Engine* m_engine; ///< lives and ends there
    Handover m_handover;
    Courier m_inbox; ///< what the engine's thread says
    std::shared_ptr<ApprovalSigner> m_signer;
    QHash<RunId, RunState> m_states;
    QHash<RunId, QList<models::LockObstacle>> m_obstacles;
    QSet<RunId> m_rollbacksToBegin; ///< just made; what they take back may still run
};

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

/// Whose signature it is comes first; what it is worth is decided when its turn comes.
void RunService::Private::answer(const RunId& run, const StepId& step,
                                 const models::Result<models::SignedAnswer>& given) {
    const RunState* const standing = m_service.state(run);
    if (!given) {
        Q_EMIT m_service.intentRefused(run, step, given.error());
        return;
    }
    if (standing == nullptr || !m_signer)
        return;
    whenFinished(m_signer->check(*given, standing->plan->context.people), &m_service,
                 [this, run, step](const models::Result<models::VerifiedAnswer>& verified) {
                     if (verified)
                         submit(run, intent::answer(step, *verified, presentInstant()));
                     else
                         Q_EMIT m_service.intentRefused(run, step, verified.error());
                 });
}

void RunService::Private::fold(const RunId& run, const QList<models::Event>& events) {
    const auto found = m_states.find(run);
    if (found == m_states.end())
        return;
    const bool wasOpen = found->status != models::RunStatus::Closed;
    for (const models::Event& event : events)
        *found = models::apply(std::move(*found), event);
    m_heads.note(run, found->head);
    if (wasOpen && found->status == models::RunStatus::Closed) {
        m_secrets.forget(*found);
        m_heads.write(run);
    }
}

void RunService::Private::handOver(const RunId& run, const QMap<QString, QString>& secrets) {
    post([run, secrets](Engine& engine) {
        engine.with(run, [&secrets](RunSession& session) { session.giveSecrets(secrets); });
    });
}

/// All that the engine tells takes one way to the main thread, so that nothing overtakes: a step
/// that ended has all its output here before it. See Courier.
void RunService::Private::connectEngine() {
    QObject::connect(m_engine, &Engine::runOpened, m_engine,
                     [this](const RunId& run, const QList<models::Event>& events,
                            const QString& heldBy, const QString& damage) {
                         inOrder(run, [=, this] {
                             opened(run, events);
                             Q_EMIT m_service.runOpened(run, events, heldBy, damage);
                         });
                     });
    QObject::connect(m_engine, &Engine::eventsAppended, m_engine,
                     [this](const RunId& run, const QList<models::Event>& events) {
                         inOrder(run, [=, this] {
                             fold(run, events);
                             Q_EMIT m_service.eventsAppended(run, events);
                             beginRollbacks();
                         });
                     });
    QObject::connect(
        m_engine, &Engine::outputReceived, m_engine,
        [this](const models::AttemptKey& attempt, int stream, const QByteArray& bytes) {
            m_inbox.post([=, this] { m_handover.addOutput(attempt, stream, bytes); });
        });
    QObject::connect(&m_handover, &Handover::outputReady, &m_service,
                     [this](const models::AttemptKey& attempt, int stream, const QByteArray& part) {
                         Q_EMIT m_service.outputReceived(attempt, stream, part);
                         post([run = attempt.run, size = part.size()](Engine& engine) {
                             engine.noteShown(run, size);
                         });
                     });
    QObject::connect(m_engine, &Engine::intentRefused, m_engine,
                     [this](const RunId& run, const StepId& step, const models::Error& error) {
                         inOrder(run,
                                 [=, this] { Q_EMIT m_service.intentRefused(run, step, error); });
                     });
    QObject::connect(m_engine, &Engine::obstructed, m_engine,
                     [this](const RunId& run, const QList<models::LockObstacle>& obstacles) {
                         inOrder(run, [=, this] {
                             m_obstacles.insert(run, obstacles);
                             Q_EMIT m_service.lockObstaclesChanged(run);
                         });
                     });
    QObject::connect(m_engine, &Engine::rollbackMade, m_engine, [this](const RunId& rollback) {
        inOrder(rollback, [this, rollback] {
            m_rollbacksToBegin.insert(rollback);
            beginRollbacks();
        });
    });
    QObject::connect(m_engine, &Engine::runAllStopped, m_engine,
                     [this](const RunId& run, const StepId& step, const QString& reason) {
                         inOrder(run,
                                 [=, this] { Q_EMIT m_service.runAllStopped(run, step, reason); });
                     });
}

/// A fact of the engine's thread, told on the main thread behind all output before it.
void RunService::Private::inOrder(const RunId& run, std::function<void()> fact) {
    m_inbox.post([this, run, fact = std::move(fact)] { m_handover.add(run, fact); });
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
    auto promise = startedPromise<models::Result<RunId>>();
    d->post([promise, plan = std::move(plan), variables](Engine& engine) {
        engine.create(plan, variables,
                      [promise](const models::Result<RunId>& run) { finish(*promise, run); });
    });
    return promise->future();
}

QFuture<models::Result<RunId>> RunService::open(const RunId& run) {
    auto promise = startedPromise<models::Result<RunId>>();
    d->post([promise, run](Engine& engine) {
        engine.open(run,
                    [promise](const models::Result<RunId>& opened) { finish(*promise, opened); });
    });
    return promise->future();
}

QFuture<models::Result<void>> RunService::release(const RunId& run) {
    d->m_states.remove(run);
    d->m_obstacles.remove(run);
    d->m_handover.drop(run);
    d->post([run](Engine& engine) { engine.release(run); });
    Q_EMIT runReleased(run);
    return d->m_heads.write(run);
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

void RunService::setVariables(const RunId& run, const QMap<QString, QString>& values) {
    d->submit(run, intent::setVariables(values));
}

void RunService::giveSecrets(const RunId& run, const QMap<QString, QString>& values) {
    d->m_secrets.keep(run, values);
    d->handOver(run, values);
}

void RunService::startStep(const RunId& run, const StepId& step, const StartOptions& options) {
    d->post([run, step, options](Engine& engine) {
        engine.with(run, [&](RunSession& session) { session.startStep(step, options); });
    });
}

void RunService::cancelStep(const RunId& run, const StepId& step) {
    d->submit(run, intent::cancelStep(step));
}

void RunService::sendInput(const RunId& run, const StepId& step, const QByteArray& bytes,
                           const QString& host) {
    d->post([run, step, bytes, host](Engine& engine) {
        engine.with(run, [&](RunSession& session) { session.sendInput(step, bytes, host); });
    });
}

void RunService::confirmStep(const RunId& run, const StepId& step, bool passed,
                             const QString& remark, const QString& host) {
    d->submit(run, intent::confirmStep(step, passed, remark, host));
}

void RunService::skipStep(const RunId& run, const StepId& step, const QString& reason) {
    d->submit(run, intent::skipStep(step, reason));
}

void RunService::markPassed(const RunId& run, const StepId& step, const QString& evidence,
                            const QString& host) {
    d->submit(run, intent::markPassed(step, evidence, host));
}

void RunService::reopenStep(const RunId& run, const StepId& step) {
    d->submit(run, intent::reopenStep(step));
}

void RunService::overrideGate(const RunId& run, const StepId& step, const QString& reason,
                              const QString& second) {
    d->submit(run, intent::overrideGate(step, reason, second));
}

void RunService::requestApproval(const RunId& run, const StepId& step, const QString& reason) {
    d->submit(run, intent::requestApproval(step, reason, presentInstant()));
}

void RunService::approve(const RunId& run, const StepId& step, bool approved, const QString& name,
                         const QString& remark) {
    d->submit(run, intent::approve(step, approved, name, remark, presentInstant()));
}

void RunService::setSigner(std::shared_ptr<ApprovalSigner> signer) {
    d->m_signer = std::move(signer);
}

void RunService::answerSigned(const RunId& run, const StepId& step, const QString& pasted) {
    d->answer(run, step, models::signedAnswerFrom(pasted));
}

void RunService::signHere(const RunId& run, const StepId& step, bool isGo, const QString& note,
                          const QString& keyFile) {
    const RunState* const standing = state(run);
    const int index = standing ? standing->plan->indexOf.value(step, -1) : -1;
    if (index < 0 || !d->m_signer)
        return;
    const models::ApprovalAnswer answer{
        models::approvalRequestText(*standing, index), isGo, {}, note};
    whenFinished(d->m_signer->sign(answer, keyFile, standing->plan->context.people), this,
                 [this, run, step](const models::Result<models::SignedAnswer>& made) {
                     d->answer(run, step, made);
                 });
}

void RunService::acknowledgeRisk(const RunId& run, const QString& risk, const QString& remark) {
    d->submit(run, intent::acknowledgeRisk(risk, remark));
}

QFuture<models::Result<QByteArray>> RunService::handOver(const RunId& run, const QString& to) {
    auto promise = startedPromise<models::Result<QByteArray>>();
    d->post([promise, run, to](Engine& engine) {
        engine.handOver(
            run, to, [promise](const models::Result<QByteArray>& file) { finish(*promise, file); });
    });
    return promise->future();
}

QFuture<models::Result<RunId>> RunService::takeOver(const QByteArray& bytes) {
    auto promise = startedPromise<models::Result<RunId>>();
    d->post([promise, bytes](Engine& engine) {
        const models::Result<models::RunFile> file = models::runFileFrom(bytes);
        if (!file)
            finish(*promise, models::Result<RunId>(tl::unexpected(file.error())));
        else
            engine.takeOver(*file,
                            [promise](const models::Result<RunId>& run) { finish(*promise, run); });
    });
    return promise->future();
}

QFuture<models::Result<RunId>> RunService::takeBack(const RunId& run, const QString& reason) {
    auto promise = startedPromise<models::Result<RunId>>();
    d->post([promise, run, reason](Engine& engine) {
        engine.takeBack(run, reason,
                        [promise](const models::Result<RunId>& back) { finish(*promise, back); });
    });
    return promise->future();
}

void RunService::setOwner(const RunId& run, const StepId& step, const QString& owner) {
    d->submit(run, intent::setOwner(step, owner));
}

void RunService::addNote(const RunId& run, const StepId& step, const QString& text) {
    d->submit(run, intent::addNote(step, text));
}

void RunService::pinEvidence(const RunId& run, const StepId& step, const QString& remark,
                             const QList<models::PinnedLine>& lines) {
    d->submit(run, intent::pinEvidence(step, remark, lines));
}

void RunService::addCommand(const RunId& run, const StepId& after, const QString& shell,
                            const QString& script) {
    d->submit(run, intent::addCommand(after, shell, script));
}

void RunService::setPaused(const RunId& run, bool paused) {
    d->submit(run, intent::setPaused(paused));
}

void RunService::runSection(const RunId& run, int section) {
    d->m_secrets.whenRead(run, [this, run, section] {
        d->post([run, section](Engine& engine) {
            engine.with(run, [section](RunSession& session) { session.runAll(section); });
        });
    });
}

void RunService::runAll(const RunId& run) {
    d->m_secrets.whenRead(run, [this, run] {
        d->post([run](Engine& engine) {
            engine.with(run, [](RunSession& session) { session.runAll(std::nullopt); });
        });
    });
}

void RunService::stopRunningAll(const RunId& run) {
    d->post([run](Engine& engine) {
        engine.with(run, [](RunSession& session) { session.stopRunningAll(); });
    });
}

void RunService::close(const RunId& run, models::RunOutcome outcome, const QString& reason) {
    d->submit(run, intent::close(outcome, reason));
}

void RunService::startRollback(const RunId& run, const QString& reason,
                               const models::RollbackDecisions& decisions) {
    d->submit(run, intent::startRollback(newRunId(), reason, decisions));
}

void RunService::verifyRollback(const RunId& rollback, models::Verdict verdict,
                                const QString& reason,
                                const QList<models::RollbackObservation>& observations) {
    d->submit(rollback, intent::verifyRollback(verdict, reason, observations));
}

void RunService::unblockRelease(const RunId& run, const QString& reason) {
    d->post(
        [run, reason](Engine& engine) { engine.submitAside(run, intent::unblockRelease(reason)); });
}

QList<models::LockObstacle> RunService::lockObstacles(const RunId& run) const {
    return d->m_obstacles.value(run);
}

void RunService::retryLocks(const RunId& run) {
    d->post([run](Engine& engine) {
        engine.with(run, [](RunSession& session) { session.retryLocks(); });
    });
}

void RunService::takeOverLocks(const RunId& run, const QList<models::LockObstacle>& seen,
                               const QString& reason) {
    d->post([run, seen, reason](Engine& engine) {
        engine.with(run, [&](RunSession& session) { session.takeOverLocks(seen, reason); });
    });
}

void RunService::releaseLeftLocks() {
    d->post([](Engine& engine) { engine.releaseLeftLocks(); });
}

void RunService::submit(const RunId& run, const Intent& intent) {
    d->submit(run, intent);
}

QString RunService::statusText(const RunState& state, models::Instant now) {
    return runStatusText(state, now);
}

} // namespace app
