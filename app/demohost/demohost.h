// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demohost/democonnection.h"
#include "app/demohost/demofolder.h"
#include "app/demohost/demokeys.h"
#include "app/demohost/demologs.h"
#include "app/demohost/demoweb.h"

#include <QFileSystemWatcher>
#include <QTcpServer>
#include <QTimer>

#include <memory>
#include <vector>

namespace app {

/// A host of its own, for trying things out: an SSH server on 127.0.0.1 that runs the real /bin/sh
/// with stand-ins first in PATH, and services behind it. It lets in one key, made at its start.
/// Nothing of it is left when it is destroyed: no connection, no process, no file. One a process,
/// on the main thread.
class DemoHost : public QObject {
    Q_OBJECT

public:
    DemoHost();
    ~DemoHost() override;
    Q_DISABLE_COPY_MOVE(DemoHost)

    [[nodiscard]] models::Result<void> start();
    /// Of the folder that DemoFolder describes.
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] quint16 port() const;
    /// Cuts all connections, as a bad line does; commands go on.
    void cutConnections();

private:
    struct BindCloser {
        void operator()(ssh_bind bind) const { ssh_bind_free(bind); }
    };
    class Server;

    [[nodiscard]] models::Result<void> makeServer(DemoKeys keys);
    [[nodiscard]] DemoCommand commandFor(const QByteArray& text) const;
    void take(qintptr socket);
    void noticeState();
    void tidy();

    DemoFolder m_folder;
    DemoKey m_person;
    DemoConnection::Host m_host;
    std::unique_ptr<std::remove_pointer_t<ssh_bind>, BindCloser> m_bind;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<DemoWeb> m_web;
    QFileSystemWatcher m_watcher;
    std::unique_ptr<DemoLogs> m_logs;
    QTimer m_tidying;
    std::vector<std::unique_ptr<DemoConnection>> m_connections;
};

} // namespace app
