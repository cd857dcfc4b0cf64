// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace tests {

/// A bad line: accepts on a loopback port, passes on to another, and on the way delays, throttles,
/// stalls and cuts. On a thread of its own; all functions may be called from any thread.
class TcpProxy {
public:
    explicit TcpProxy(quint16 target);
    ~TcpProxy();
    Q_DISABLE_COPY_MOVE(TcpProxy)

    [[nodiscard]] quint16 port() const { return m_port; }
    void setTarget(quint16 target);
    /// Each way; a round trip takes twice as long.
    void setDelay(std::chrono::milliseconds delay);
    /// Bytes in a second, for each way and connection; 0: as fast as it goes.
    void setRate(qint64 bytes);
    /// Takes and passes on nothing, and closes nothing. New connections are taken, and stall too.
    void setStalled(bool stalled);
    /// Refuses what comes anew; those that are there stay.
    void setRefusing(bool refusing);
    /// Resets all connections.
    void cut();
    /// Cuts once so many more bytes have come from the target, in all connections together.
    void cutAfter(qint64 bytes);
    [[nodiscard]] int accepted() const;
    /// Bytes from the target that were given on, in all connections together.
    [[nodiscard]] qint64 delivered() const;

private:
    using Clock = std::chrono::steady_clock;
    struct Piece {
        Clock::time_point due;
        std::vector<char> bytes;
        size_t sent = 0;
    };
    struct Way {
        int from = -1;
        int to = -1;
        std::deque<Piece> pieces;
        size_t held = 0;
        bool ended = false;  ///< nothing more comes
        bool passed = false; ///< the end was passed on
        Clock::time_point next{};
    };
    struct Line {
        Way up;
        Way down;
        bool cut = false;
    };
    struct Turn; ///< what one round waits for

    void run();
    void accept();
    void watch(Way& way, Turn& turn) const;
    void read(Line& line, Way& way);
    void write(Line& line, Way& way);
    void wake() const;
    static void drop(Line& line);

    mutable std::mutex m_mutex;
    quint16 m_target;
    std::chrono::milliseconds m_delay{0};
    qint64 m_rate = 0;
    bool m_isStalled = false;
    bool m_isRefusing = false;
    bool m_isCutting = false;
    bool m_isStopping = false;
    qint64 m_cutAfter = -1;
    int m_accepted = 0;
    qint64 m_delivered = 0;
    std::list<Line> m_lines; ///< of the thread alone
    int m_listener = -1;
    int m_wake[2]{-1, -1};
    quint16 m_port = 0;
    std::thread m_thread;
};

} // namespace tests
