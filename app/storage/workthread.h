// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include <condition_variable>
#include <mutex>

namespace app {

/// A thread that carries out what others leave for it. Whoever derives from it starts it when all
/// of it is there, and stops it in its destructor.
class WorkThread : public QThread {
public:
    explicit WorkThread(const QString& name) { setObjectName(name); }

protected:
    /// Any thread: changes what is shared, and has the thread look at it.
    template <class Change>
    void leave(Change change) {
        const std::scoped_lock lock(m_mutex);
        change();
        m_changed.notify_one();
    }

    /// Waits for the end of what it is at.
    void stop() {
        leave([this] { m_isStopping = true; });
        wait();
    }

    // Of the standard library: ThreadSanitizer cannot see the ones inside the distribution's Qt.
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_isStopping = false; ///< under the mutex, as is everything that is left for it
};

} // namespace app
