// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostquestion.h"
#include "app/ssh/cancellation.h"
#include "app/ssh/connectfailure.h"
#include "app/ssh/credentials.h"
#include "app/ssh/hostsettings.h"
#include "app/ssh/sshhandles.h"

#include <functional>
#include <optional>

namespace app {

class KnownHosts;

/// How a worker asks a person. On the worker's thread.
struct Asker {
    /// Waits for the answer; nothing where it was cancelled.
    std::function<std::optional<SshAnswer>(SshQuestion)> ask;
    /// What the passphrase that was given last is worth.
    std::function<void(AnswerVerdict)> judge;
};

/// Makes a session out of a connected descriptor: the protocol's greeting, then the host key, and
/// only behind it authentication. Blocks, on the thread of one connect worker.
class Handshake {
public:
    Handshake(const HostSettings& settings, Credentials& credentials, Asker asker,
              const Cancellation& cancellation);
    Q_DISABLE_COPY_MOVE(Handshake)

    /// Owns the descriptor from the call on.
    [[nodiscard]] Connected<SessionHandle> perform(int descriptor);
    /// After a success: how it got in, "publickey, /home/deploy/.ssh/id_ed25519".
    [[nodiscard]] const QString& authentication() const { return m_authentication; }
    /// The host's key, as soon as it showed one.
    [[nodiscard]] const HostKey& hostKey() const { return m_hostKey; }

private:
    [[nodiscard]] Connected<void> setUp(int descriptor, const KnownHosts& known);
    [[nodiscard]] Connected<void> greet();
    [[nodiscard]] tl::unexpected<ConnectFailure> silence() const;
    [[nodiscard]] tl::unexpected<ConnectFailure> greetingFailure() const;
    [[nodiscard]] Connected<void> readHostKey();
    [[nodiscard]] Connected<void> judgeHostKey(const KnownHosts& known);
    [[nodiscard]] Connected<void> askAboutHostKey();

    const HostSettings& m_settings;
    Credentials& m_credentials;
    Asker m_asker;
    const Cancellation& m_cancellation;
    SessionHandle m_session;
    HostKey m_hostKey;
    QString m_authentication;
};

/// Runs a call of libssh's that gives `again` while it waits for the other side, until it gives
/// anything else. Nothing where it took too long or was cancelled.
[[nodiscard]] std::optional<int> settle(ssh_session session, const Cancellation& cancellation,
                                        std::chrono::milliseconds limit, int again,
                                        const std::function<int()>& call);

} // namespace app
