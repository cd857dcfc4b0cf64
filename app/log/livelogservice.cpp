// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/log/livelogservice.h"

#include "app/run/enginethread.h"

#include <algorithm>
#include <utility>

namespace app {

LiveLogService::LiveLogService(std::shared_ptr<EngineThread> thread,
                               const OriginsFactory& makeOrigins)
    : m_thread(std::move(thread)) {
    m_thread->post([this, makeOrigins] {
        m_engine = std::make_unique<LogEngine>(makeOrigins());
        connectEngine();
    });
}

LiveLogService::~LiveLogService() {
    m_thread->postAndWait([this] { m_engine.reset(); });
}

/// Each signal of the engine's thread becomes a letter to this one: see Courier.
void LiveLogService::connectEngine() {
    connect(m_engine.get(), &LogEngine::containersChanged, m_engine.get(),
            [this](const ContainerList& list) {
                m_inbox.post([this, list] { noteContainers(list); });
            });
    connect(m_engine.get(), &LogEngine::stateChanged, m_engine.get(),
            [this](quint64 stream, const LogStreamState& state) {
                m_inbox.post([this, stream, state] {
                    if (!m_states.contains(stream))
                        return;
                    m_states.insert(stream, state);
                    Q_EMIT stateChanged(stream, state);
                });
            });
    connect(m_engine.get(), &LogEngine::arrived, m_engine.get(),
            [this](quint64 stream, const LogBatch& batch) {
                m_inbox.post([this, stream, batch] {
                    if (m_states.contains(stream))
                        Q_EMIT arrived(stream, batch);
                });
            });
}

void LiveLogService::watch(const models::Host& host) {
    const auto isThis = [&host](const ContainerList& list) { return list.host == host; };
    if (std::any_of(m_containers.cbegin(), m_containers.cend(), isThis))
        return;
    ContainerList list;
    list.host = host;
    m_containers.append(list);
    m_thread->post([this, host] { m_engine->watch(host); });
}

void LiveLogService::unwatch(const models::Host& host) {
    m_containers.removeIf([&host](const ContainerList& list) { return list.host == host; });
    m_thread->post([this, host] { m_engine->unwatch(host); });
}

void LiveLogService::noteContainers(const ContainerList& list) {
    for (ContainerList& known : m_containers) {
        if (known.host != list.host)
            continue;
        known = list;
        Q_EMIT containersChanged(list);
        return;
    }
}

quint64 LiveLogService::follow(const LogSource& source) {
    const quint64 stream = ++m_lastStream;
    m_states.insert(stream, {});
    m_thread->post([this, stream, source] { m_engine->follow(stream, source); });
    return stream;
}

void LiveLogService::stop(quint64 stream) {
    m_states.remove(stream);
    m_thread->post([this, stream] { m_engine->stop(stream); });
}

void LiveLogService::acknowledge(quint64 stream, qint64 bytes) {
    m_thread->post([this, stream, bytes] { m_engine->acknowledge(stream, bytes); });
}

LogStreamState LiveLogService::state(quint64 stream) const {
    return m_states.value(stream);
}

} // namespace app
