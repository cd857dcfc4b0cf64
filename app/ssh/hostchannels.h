// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/channel.h"
#include "app/ssh/sshchannel.h"
#include "app/ssh/sshconnections.h"

#include <QList>

#include <memory>

namespace app {

/// Shells at a host. A host allows ten on one connection by default (MaxSessions): beyond eight,
/// more connections are made, and let go when nothing is on them any more.
class HostChannels final : public ChannelFactory {
public:
    /// connections outlives this.
    HostChannels(SshConnections& connections, std::shared_ptr<SshConnection> first);
    ~HostChannels() override;

    [[nodiscard]] std::unique_ptr<Channel> open() override;
    /// The same, with what only an SSH channel has.
    [[nodiscard]] std::unique_ptr<SshChannel> openShell();

private:
    [[nodiscard]] SshConnection& withRoom();

    SshConnections& m_connections;
    QList<std::shared_ptr<SshConnection>> m_open; ///< the first stays
};

} // namespace app
