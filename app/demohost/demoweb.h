// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/demohost/demoservices.h"

#include <QTcpServer>

#include <map>
#include <memory>

class QTcpSocket;

namespace app {

/// The HTTP endpoints of the demo host's services, each at a port of its own on 127.0.0.1. A
/// service that does not run refuses connections, at the same port as before.
class DemoWeb : public QObject {
    Q_OBJECT

public:
    /// folder: with the state of the services, which are read anew for each request.
    explicit DemoWeb(QString folder, QObject* parent = nullptr);

    /// All of them; false where the system refuses a port.
    [[nodiscard]] bool listen();
    [[nodiscard]] quint16 portOf(const QString& service) const;

    /// Opens and closes ports, as the services run or do not.
    void follow();

private:
    struct Endpoint {
        const DemoService* service = nullptr;
        std::unique_ptr<QTcpServer> server;
        quint16 port = 0;
        qint64 requests = 0;
    };

    void accept(Endpoint& endpoint);
    void read(Endpoint& endpoint, QTcpSocket* socket) const;
    void answer(Endpoint& endpoint, QTcpSocket* socket, const QByteArray& path) const;

    const QString m_folder;
    std::map<QString, Endpoint> m_endpoints; ///< by the service's name
};

} // namespace app
