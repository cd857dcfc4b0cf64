// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/certificates.h"
#include "tests/support/program.h"
#include "tests/support/testserver.h"

#include <QTemporaryDir>

namespace tests {

/// Prometheus, nginx and Caddy on loopback, for as long as this lives: tests/lab/servers. nginx and
/// Caddy show the certificate "here".
class LabServers {
public:
    LabServers() = default;
    ~LabServers() { m_process.closeInput(); }
    Q_DISABLE_COPY_MOVE(LabServers)

    /// Waits until all of them answer. False where something is missing or refused: see refusal().
    [[nodiscard]] bool start();
    [[nodiscard]] const QString& refusal() const { return m_refusal; }

    [[nodiscard]] QString prometheus() const { return m_prometheus; }
    /// "127.0.0.1:PORT" of the server, with TLS but for the plain one of Caddy.
    [[nodiscard]] QString nginx() const { return m_nginx; }
    [[nodiscard]] QString caddy() const { return m_caddy; }
    [[nodiscard]] QString plainCaddy() const { return m_plainCaddy; }
    /// Of the authority that signed their certificate.
    [[nodiscard]] QString authority() const { return m_certificates.path("ca.pem"); }

private:
    QTemporaryDir m_folder;
    Certificates m_certificates;
    TestServer m_upstream; ///< to which nginx leads /socket
    Program m_process;     ///< ends with its input
    QString m_refusal;
    QString m_prometheus;
    QString m_nginx;
    QString m_caddy;
    QString m_plainCaddy;
};

} // namespace tests
