// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/engineline.h"

#include "app/run/enginethread.h"

#include <QSemaphore>

#include <type_traits>

namespace app {

using models::RunId;

namespace {

constexpr int settleLimit = 2000; // ms

} // namespace

EngineLine::EngineLine(JournalStore& journal, RunService::PlaceFactory places,
                       std::shared_ptr<EngineThread> thread)
    : m_thread(thread ? std::move(thread) : std::make_shared<EngineThread>())
    , m_engine(std::make_unique<Engine>(journal, std::move(places))) {
    m_engine->moveToThread(&m_thread->thread());
    relay(&Engine::runOpened, &EngineLine::runOpened);
    relay(&Engine::eventsAppended, &EngineLine::eventsAppended);
    relay(&Engine::intentRefused, &EngineLine::intentRefused);
    relay(&Engine::runAllStopped, &EngineLine::runAllStopped);
    relay(&Engine::rollbackMade, &EngineLine::rollbackMade);
    relay(&Engine::obstructed, &EngineLine::obstructed);
    connect(m_engine.get(), &Engine::outputReceived, m_engine.get(),
            [this](const models::AttemptKey& attempt, int stream, const QByteArray& bytes) {
                m_inbox.post([this, attempt, stream, bytes] {
                    m_delivery.addOutput(attempt, stream, bytes);
                });
            });
    connect(&m_delivery, &Delivery::outputReady, this,
            [this](const models::AttemptKey& attempt, int stream, const QByteArray& part) {
                Q_EMIT outputReceived(attempt, stream, part);
                post([run = attempt.run, size = part.size()](Engine& engine) {
                    engine.noteShown(run, size);
                });
            });
}

EngineLine::~EngineLine() {
    const auto settled = std::make_shared<QSemaphore>();
    post([settled](Engine& engine) { engine.settle([settled] { settled->release(); }); });
    (void)settled->tryAcquire(1, settleLimit);
    m_thread->postAndWait([this] { m_engine.reset(); });
}

void EngineLine::postErased(std::function<void(Engine&)> act) {
    m_thread->post([engine = m_engine.get(), act = std::move(act)] { act(*engine); });
}

/// A fact of the engine's thread, told on the main thread behind all output before it.
template <class... Arguments>
void EngineLine::relay(void (Engine::*told)(const RunId&, Arguments...),
                       void (EngineLine::*retold)(const RunId&, Arguments...)) {
    connect(m_engine.get(), told, m_engine.get(),
            [this, retold](const RunId& run, const std::decay_t<Arguments>&... arguments) {
                m_inbox.post([=, this] {
                    m_delivery.add(run, [=, this] { Q_EMIT(this->*retold)(run, arguments...); });
                });
            });
}

} // namespace app
