// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demohost/demostream.h"

#include <libssh/server.h>

#include <atomic>
#include <memory>
#include <thread>

namespace app {

/// One SSH connection to the demo host, served by a thread of its own. Made and destroyed on the
/// main thread.
class DemoConnection {
public:
    /// What a connection needs to know of its host; outlives it, and does not change.
    struct Host {
        ssh_key person = nullptr; ///< the one key that is let in
        DemoStream::Environment environment;
    };

    /// Takes over a session that has a socket and its host's key.
    DemoConnection(ssh_session session, const Host& host);
    /// Cuts the connection, and waits for its thread.
    ~DemoConnection();
    DemoConnection(const DemoConnection&) = delete;
    DemoConnection& operator=(const DemoConnection&) = delete;

    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    void run();
    bool begin();
    void serve();
    void wait(bool mayWrite) const;
    void takeCallbacks();
    int authenticate(ssh_key key, char signature);
    ssh_channel openSession();
    int handleMessage(ssh_message message);

    ssh_session m_session;
    Descriptor m_socket; ///< the session's, to be cut from another thread
    const Host& m_host;
    ssh_server_callbacks_struct m_callbacks{};
    std::vector<std::unique_ptr<DemoStream>> m_streams;
    bool m_isAuthenticated = false;
    Descriptor m_wake; ///< readable once it is to end
    std::atomic<bool> m_isStopped = false;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

} // namespace app
