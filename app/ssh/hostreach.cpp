// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostreach.h"

#include "app/process/attachedcommand.h"

#include <utility>

namespace app {

HostReach::HostReach(QString name, std::shared_ptr<SshConnection> connection,
                     SshConnections& connections, QObject* parent)
    : Reach(parent)
    , m_name(std::move(name))
    , m_connection(std::move(connection))
    , m_channels(connections, m_connection) {
    connect(m_connection.get(), &SshConnection::stateChanged, this, [this] {
        if (m_connection->state() == SshConnection::State::Connected)
            Q_EMIT returned();
    });
}

void HostReach::whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) {
    m_connection->whenSettled(context, askedBy, std::move(done));
}

std::unique_ptr<Channel> HostReach::command(const QStringList& argv) {
    return std::make_unique<AttachedCommand>(m_channels.openShell(), argv);
}

std::unique_ptr<Channel> HostReach::socket(const QString& path) {
    return m_connection->open({ChannelTarget::Kind::UnixSocket, path.toUtf8(), 0});
}

} // namespace app
