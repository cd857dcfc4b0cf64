// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/host/hostquestion.h"
#include "app/ssh/cancellation.h"
#include "app/ssh/connectfailure.h"
#include "app/ssh/hostsettings.h"
#include "app/ssh/keyring.h"
#include "app/ssh/sshhandles.h"

#include <functional>
#include <optional>

namespace app {

class KnownHosts;

/// Asks a person and waits for the answer; nothing where it was cancelled. Any thread.
using Asker = std::function<std::optional<SshAnswer>(SshQuestion)>;

/// Makes a session out of a connected descriptor: the protocol's greeting, then the host key, and
/// only behind it authentication. Blocks, on the thread of one connect worker.
class Handshake {
public:
    Handshake(const HostSettings& settings, KeyRing& keys, Asker ask,
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
    KeyRing& m_keys;
    Asker m_ask;
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
