// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <libssh/libssh.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace tests {

/// An SSH server that writes down all that it is offered: what somebody in between would get. Takes
/// the password "right" and the code "123456" where it is told to; answers every command with
/// "served". One connection at a time, on a thread of its own.
class RecordingServer {
public:
    enum class Takes { Nothing, Password, Code };

    /// hostKey: a private key file, which need not be secret at all.
    explicit RecordingServer(const QString& hostKey, Takes takes = Takes::Nothing);
    ~RecordingServer();
    Q_DISABLE_COPY_MOVE(RecordingServer)

    [[nodiscard]] quint16 port() const { return m_port; }
    /// Key exchanges that came to their end: the other side saw the host key.
    [[nodiscard]] int greetings() const { return m_greetings; }
    /// "service ssh-userauth", "none USER", "publickey USER", "password USER PASSWORD",
    /// "code CODE", in order.
    [[nodiscard]] QStringList offered() const;
    /// Takes this password or code from now on.
    void setSecret(const QByteArray& secret);

private:
    void run();
    void serve(int connection);
    void handleLogin(ssh_session session, ssh_message message);
    void handleRequest(ssh_message message, ssh_channel& channel);
    void note(const QString& text);
    [[nodiscard]] bool isSecret(const char* said) const;

    const QByteArray m_hostKey;
    const Takes m_takes;
    mutable std::mutex m_mutex;
    QStringList m_offered;
    QByteArray m_secret;
    int m_connection = -1; ///< the one that is served
    std::atomic<int> m_greetings = 0;
    std::atomic<bool> m_isStopping = false;
    int m_listener = -1;
    quint16 m_port = 0;
    std::thread m_thread;
};

} // namespace tests
