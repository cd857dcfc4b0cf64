// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/labservers.h"

#include "tests/support/labsettings.h"
#include "tests/support/temporaryhome.h"

namespace tests {

bool LabServers::start() {
    if (!m_certificates.make()) {
        m_refusal = QStringLiteral("openssl makes no certificates");
        return false;
    }
    const QString folder = m_folder.filePath(QStringLiteral("servers"));
    const QStringList command{sourceDir() + QStringLiteral("/tests/lab/servers"), folder,
                              m_certificates.path("here.pem"), m_certificates.path("here.key"),
                              QString::number(m_upstream.port())};
    if (!m_process.start(command)) {
        m_refusal = QStringLiteral("%1 cannot be started").arg(command.first());
        return false;
    }
    const QString said = QString::fromUtf8(m_process.readLine()).trimmed();
    if (said != QLatin1String("ready")) {
        m_refusal = said;
        return false;
    }
    const QMap<QString, QString> ports = labSettings(folder + QStringLiteral("/servers.env"));
    const auto address = [&ports](const char* name) {
        return QStringLiteral("127.0.0.1:") + ports.value(QString::fromLatin1(name));
    };
    m_prometheus = address("PROMETHEUS");
    m_nginx = address("NGINX");
    m_caddy = address("CADDY_TLS");
    m_plainCaddy = address("CADDY");
    return true;
}

} // namespace tests
