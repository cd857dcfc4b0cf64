// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/courier.h"

#include <QThread>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace app {

/// The thread on which runs, their places and the connections to hosts live. Made and let go on
/// the main thread; what lives there is gone before it.
class EngineThread {
public:
    /// name: for debuggers and lists of threads.
    explicit EngineThread(const QString& name = QStringLiteral("runs")) {
        m_doorman.moveToThread(&m_thread);
        m_thread.setObjectName(name);
        m_thread.start();
    }
    ~EngineThread() {
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(EngineThread)

    [[nodiscard]] QThread& thread() { return m_thread; }
    /// Does this there, after everything that was posted before.
    template <class Act>
    void post(Act act) {
        // Shared: what cannot be copied may be posted too.
        m_doorman.post([own = std::make_shared<Act>(std::move(act))] { (*own)(); });
    }
    /// Does this there and waits for it: to make and to end what lives there.
    template <class Act>
    void postAndWait(Act act) {
        std::mutex mutex;
        std::condition_variable changed;
        bool isDone = false;
        m_doorman.post([&] {
            act();
            const std::scoped_lock lock(mutex);
            isDone = true;
            changed.notify_one();
        });
        std::unique_lock lock(mutex);
        changed.wait(lock, [&isDone] { return isDone; });
    }

private:
    QThread m_thread;
    Courier m_doorman; ///< lives there
};

} // namespace app
