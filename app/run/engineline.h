// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/courier.h"
#include "app/run/delivery.h"
#include "app/run/engine.h"
#include "app/run/startedpromise.h"

#include <QFuture>

#include <memory>

namespace app {

class EngineThread;

/// The engine as the main thread has it: orders go to its thread, and all that it tells takes one
/// way back, so that nothing overtakes. A step that ended has all its output here before it.
class EngineLine final : public QObject {
    Q_OBJECT

public:
    /// journal outlives the line. thread: null for one of its own.
    EngineLine(JournalStore& journal, RunService::PlaceFactory places,
               std::shared_ptr<EngineThread> thread);
    /// Orders that have just been given are to reach their places. Nobody waits long for one that
    /// is away.
    ~EngineLine() override;

    /// act(Engine&), on the engine's thread.
    template <class Act>
    void post(Act act) {
        postErased(
            [act = std::make_shared<Act>(std::move(act))](Engine& engine) { (*act)(engine); });
    }
    /// act(RunSession&), there; intentRefused where the run is not open for writing here.
    template <class Act>
    void with(const models::RunId& run, Act act) {
        post([run, act = std::move(act)](Engine& engine) { engine.with(run, act); });
    }
    /// act(Engine&, done), there; the future has what done is called with, once.
    template <class T, class Act>
    QFuture<models::Result<T>> ask(Act act) {
        auto promise = startedPromise<models::Result<T>>();
        post([promise, act = std::move(act)](Engine& engine) {
            act(engine, [promise](const models::Result<T>& result) { finish(*promise, result); });
        });
        return promise->future();
    }

    /// Nobody asks for what has not been told of this run.
    void drop(const models::RunId& run) { m_delivery.drop(run); }

Q_SIGNALS:
    // As of Engine, on the main thread.
    void runOpened(const models::RunId& run, const QList<models::Event>& events,
                   const QString& heldBy, const QString& problem);
    void eventsAppended(const models::RunId& run, const QList<models::Event>& events);
    void outputReceived(const models::AttemptKey& attempt, int stream, const QByteArray& bytes);
    void intentRefused(const models::RunId& run, const models::StepId& step,
                       const models::Error& error);
    void runAllStopped(const models::RunId& run, const models::StepId& step, const QString& reason);
    void rollbackMade(const models::RunId& rollback);
    void obstructed(const models::RunId& run, const QList<models::LockObstacle>& obstacles);

private:
    void postErased(std::function<void(Engine&)> act);
    template <class... Arguments>
    void relay(void (Engine::*told)(const models::RunId&, Arguments...),
               void (EngineLine::*retold)(const models::RunId&, Arguments...));

    std::shared_ptr<EngineThread> m_thread;
    std::unique_ptr<Engine> m_engine; ///< lives and ends there
    Delivery m_delivery;
    Courier m_inbox; ///< what the engine's thread says
};

} // namespace app
