// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/observation.h"
#include "models/health/probe.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSslSocket>
#include <QTimer>

#include <functional>

namespace app {

/// Opens one connection, looks at the certificate where that is asked for, and hangs up. Deletes
/// itself once it has answered. Lives on a thread with an event loop.
class SocketProbe final : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(models::ProbeReply)>;

    SocketProbe(const models::Probe& probe, models::Instant due, Done done, QObject* parent);

private:
    void begin();
    void takeCertificate();
    void fail(QAbstractSocket::SocketError error);
    void answer();

    models::Probe m_probe;
    Done m_done;
    QString m_host;
    quint16 m_port = 0;
    QSslSocket m_socket;
    QTimer m_limit;
    QElapsedTimer m_clock;
    QString m_problem; ///< of the certificate
    models::ProbeReply m_reply;
    bool m_isAnswered = false;
};

} // namespace app
