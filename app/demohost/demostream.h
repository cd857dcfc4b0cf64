// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demohost/democommand.h"

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <functional>
#include <poll.h>
#include <vector>

namespace app {

/// One channel of a connection: a command with its three streams, or a forwarded socket. Lives on
/// the connection's thread, and never blocks it.
class DemoStream {
public:
    using Environment = std::function<DemoCommand(const QByteArray& text)>;

    /// A session, whose command is asked for later. Owns the channel.
    DemoStream(ssh_channel channel, Environment environment);
    /// A forwarded connection, already open or under way.
    DemoStream(ssh_channel channel, Descriptor socket);
    ~DemoStream();
    DemoStream(const DemoStream&) = delete;
    DemoStream& operator=(const DemoStream&) = delete;

    /// What there is to wait for, besides the connection. mayWrite: the connection takes more.
    void addTo(std::vector<pollfd>& waiting, bool mayWrite) const;
    /// Moves bytes in both directions, as far as it goes without waiting.
    void serve(bool mayWrite);
    /// Nothing more comes in either direction.
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    enum class Way { Output, Error };

    void takeCallbacks();
    bool start(const QByteArray& text);
    void readInput();
    void relay(Descriptor& from, Way way);
    void noticeEnd();
    void close();
    void sendSignal(const char* name) const;

    ssh_channel m_channel;
    ssh_channel_callbacks_struct m_callbacks{};
    Environment m_environment;
    DemoCommand m_asked; ///< the terminal and variables that were asked for so far
    DemoProcess m_process;
    QByteArray m_input; ///< read, and not yet taken by the command
    bool m_hasStarted = false;
    bool m_hasEnded = false; ///< its exit status was sent
    bool m_isInputOver = false;
    bool m_isOver = false;
};

} // namespace app
