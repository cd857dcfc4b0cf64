// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThread>

#include <utility>

namespace app {

/// The thread on which runs, their places and the connections to hosts live. Made and let go on
/// the main thread; what lives there is gone before it.
class EngineThread {
public:
    EngineThread() {
        m_doorman.moveToThread(&m_thread);
        m_thread.setObjectName(QStringLiteral("runs"));
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
        QMetaObject::invokeMethod(&m_doorman, std::move(act), Qt::QueuedConnection);
    }
    /// Does this there and waits for it: to make and to end what lives there.
    template <class Act>
    void postAndWait(Act act) {
        QMetaObject::invokeMethod(&m_doorman, std::move(act), Qt::BlockingQueuedConnection);
    }

private:
    QThread m_thread;
    QObject m_doorman; ///< lives there
};

} // namespace app
