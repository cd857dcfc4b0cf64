// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <chrono>

namespace app {

/// Tells work on another thread to stop, wherever it waits. Any thread.
class Cancellation {
public:
    enum class Wake { Ready, TimedOut, Cancelled };
    using Clock = std::chrono::steady_clock;

    Cancellation();
    ~Cancellation();
    Q_DISABLE_COPY_MOVE(Cancellation)

    void cancel();
    [[nodiscard]] bool isCancelled() const { return m_isCancelled; }
    /// Readable once it is cancelled.
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    /// Waits for events (of poll(2)) on a descriptor; -1 for none.
    [[nodiscard]] Wake wait(int other, short events, Clock::time_point until) const;

private:
    std::atomic<bool> m_isCancelled = false;
    int m_descriptor = -1;
};

} // namespace app
