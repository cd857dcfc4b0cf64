// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab.h"

#include "tests/support/labsettings.h"
#include "tests/support/temporaryhome.h"

namespace tests {

Lab::~Lab() {
    m_process.closeInput();
}

bool Lab::start() {
    const QString script = sourceDir() + QStringLiteral("/tests/lab/start");
    QStringList command{script, path(QString()), QString::number(m_morePortCount)};
    if (m_parts == Parts::BadDisks)
        command << QStringLiteral("disks");
    else if (m_parts == Parts::Containers)
        command << QStringLiteral("containers");
    if (!m_process.start(command)) {
        m_refusal = QStringLiteral("%1 cannot be started").arg(script);
        return false;
    }
    const QString said = QString::fromUtf8(m_process.readLine()).trimmed();
    if (said != QLatin1String("ready")) {
        m_refusal = said;
        return false;
    }
    const QMap<QString, QString> settings = labSettings(path(QStringLiteral("lab.env")));
    m_hostPort = settings.value(QStringLiteral("HOST_PORT")).toUShort();
    m_jumpPort = settings.value(QStringLiteral("JUMP_PORT")).toUShort();
    m_diskPort = settings.value(QStringLiteral("DISK_PORT")).toUShort();
    m_diskRefusal = settings.value(QStringLiteral("DISK_REFUSAL"));
    m_hostPid = settings.value(QStringLiteral("HOST_PID")).toLongLong();
    const QString more = settings.value(QStringLiteral("MORE_PORTS"));
    for (const QString& port : more.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        m_morePorts.append(port.toUShort());
    m_users = settings.value(QStringLiteral("USERS")).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return true;
}

QString Lab::path(const QString& below) const {
    return m_folder.filePath(QStringLiteral("lab/") + below);
}

QString Lab::key(const QString& name) const {
    return path(QStringLiteral("keys/") + name);
}

QString Lab::home(const QString& user) const {
    return path(QStringLiteral("home/") + user);
}

QString Lab::containerSocket() const {
    return path(QStringLiteral("socket/podman.sock"));
}

QByteArray Lab::podman(const QStringList& arguments) const {
    return outputOf(QStringList{path(QStringLiteral("bin/containers/podman"))} + arguments);
}

} // namespace tests
