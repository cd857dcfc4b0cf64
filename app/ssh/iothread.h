// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/livesession.h"
#include "app/ssh/mailbox.h"

#include <functional>
#include <memory>
#include <thread>
#include <unordered_map>
#include <vector>

namespace app {

/// The sessions that are live, by number; only the I/O thread sees them.
class SessionTable {
public:
    explicit SessionTable(MailAddress self)
        : m_self(std::move(self)) {}

    void add(quint64 id, SessionHandle session, const KeepAlive& keepAlive,
             SessionListener listener);
    /// Null where it is gone.
    [[nodiscard]] LiveSession* find(quint64 id) const;
    /// Its channels are told why.
    void remove(quint64 id, const QString& why);

private:
    MailAddress m_self;
    std::unordered_map<quint64, std::unique_ptr<LiveSession>> m_sessions;
    std::vector<std::unique_ptr<LiveSession>> m_buried;
};

/// The one thread that does the talking of all live sessions. All functions: any thread.
class IoThread {
public:
    using Order = std::function<void(SessionTable&)>;

    IoThread();
    /// Ends all sessions.
    ~IoThread();
    Q_DISABLE_COPY_MOVE(IoThread)

    /// Orders are done in the order in which they came.
    void post(Order order) const;

private:
    struct Inside;

    void run(const std::function<void(Inside*)>& ready);

    std::thread m_thread;
    Inside* m_inside = nullptr; ///< of the thread
    MailAddress m_address;
};

} // namespace app
