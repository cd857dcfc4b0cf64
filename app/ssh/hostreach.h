// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/process/reach.h"
#include "app/ssh/hostchannels.h"

#include <memory>

namespace app {

/// A host, over the connection that all share. Sockets do not count among the channels that a host
/// allows; commands do.
class HostReach final : public Reach {
    Q_OBJECT

public:
    /// connections outlives it.
    HostReach(QString name, std::shared_ptr<SshConnection> connection, SshConnections& connections,
              QObject* parent = nullptr);

    [[nodiscard]] QString name() const override { return m_name; }
    void whenReady(QObject* context, models::AskedBy askedBy, ReadyCallback done) override;
    [[nodiscard]] std::unique_ptr<Channel> command(const QStringList& argv) override;
    [[nodiscard]] std::unique_ptr<Channel> socket(const QString& path) override;

    [[nodiscard]] SshConnection& connection() const { return *m_connection; }

private:
    QString m_name;
    std::shared_ptr<SshConnection> m_connection;
    HostChannels m_channels;
};

} // namespace app
