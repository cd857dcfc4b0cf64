// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/container/runtimelink.h"

#include "app/container/runtimefinder.h"

#include <utility>

namespace app {
namespace {

/// Where a runtime tells no events, everything is looked at so often.
constexpr std::chrono::seconds watchPause{5};

} // namespace

RuntimeLink::RuntimeLink(std::unique_ptr<Reach> reach, models::Host host)
    : m_reach(std::move(reach))
    , m_host(std::move(host)) {
    m_watchAgain.setSingleShot(true);
    connect(&m_watchAgain, &QTimer::timeout, this, [this] {
        watch();
        Q_EMIT changed({});
    });
    connect(m_reach.get(), &Reach::returned, this, [this] {
        watch();
        Q_EMIT changed({});
    });
}

RuntimeLink::~RuntimeLink() {
    forget(); // a watch that ends with its runtime is not begun again
}

void RuntimeLink::whenFound(QObject* context, models::AskedBy askedBy, RuntimeCallback done) {
    if (m_runtime) {
        done(m_runtime);
        return;
    }
    m_waiting.append({context, std::move(done)});
    if (!std::exchange(m_isFinding, true))
        find(askedBy);
}

void RuntimeLink::find(models::AskedBy askedBy) {
    m_reach->whenReady(this, askedBy, [this](const models::Result<void>& ready) {
        if (!ready) {
            settle(tl::unexpected(ready.error()));
            return;
        }
        new RuntimeFinder(*m_reach, m_host, this,
                          [this](models::Result<std::unique_ptr<ContainerRuntime>> found) {
                              if (!found) {
                                  settle(tl::unexpected(found.error()));
                                  return;
                              }
                              m_found.push_back(std::move(*found));
                              m_runtime = m_found.back().get();
                              connect(m_runtime, &ContainerRuntime::changed, this,
                                      &RuntimeLink::changed);
                              connect(m_runtime, &ContainerRuntime::watchEnded, this,
                                      &RuntimeLink::watchAgainLater);
                              settle(m_runtime);
                              watch();
                          });
    });
}

void RuntimeLink::settle(const models::Result<ContainerRuntime*>& result) {
    m_isFinding = false;
    const QList<Waiting> waiting = std::exchange(m_waiting, {});
    for (const Waiting& one : waiting) {
        if (one.context)
            one.done(result);
    }
}

void RuntimeLink::forget() {
    if (m_runtime)
        m_runtime->disconnect(this);
    m_runtime = nullptr;
    m_isWatching = false;
}

void RuntimeLink::watchFor(QObject* who) {
    ++m_watchers;
    connect(who, &QObject::destroyed, this, [this] { --m_watchers; });
    watch();
}

void RuntimeLink::watch() {
    if (m_isWatching || m_watchers == 0 || !m_runtime)
        return;
    m_isWatching = true;
    m_runtime->watch();
}

void RuntimeLink::watchAgainLater() {
    m_isWatching = false;
    if (m_watchers > 0)
        m_watchAgain.start(watchPause);
}

} // namespace app
