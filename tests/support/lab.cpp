// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lab.h"

#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFile>
#include <QMap>

namespace tests {
namespace {

constexpr int patience = 60'000;

QMap<QString, QString> settingsOf(const QString& path) {
    QMap<QString, QString> settings;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return settings;
    for (const QString& line : QString::fromUtf8(file.readAll()).split(QLatin1Char('\n')))
        settings.insert(line.section(QLatin1Char('='), 0, 0), line.section(QLatin1Char('='), 1));
    return settings;
}

} // namespace

Lab::~Lab() {
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(patience))
        m_process.kill();
}

bool Lab::start() {
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(sourceDir() + QStringLiteral("/tests/lab/start"), {path(QString())});
    QString said;
    while (!said.contains(QLatin1Char('\n')) && m_process.waitForReadyRead(patience))
        said += QString::fromUtf8(m_process.readAllStandardOutput());
    if (said.trimmed() != QLatin1String("ready")) {
        m_refusal = said.isEmpty() ? m_process.errorString() : said.trimmed();
        return false;
    }
    const QMap<QString, QString> settings = settingsOf(path(QStringLiteral("lab.env")));
    m_hostPort = settings.value(QStringLiteral("HOST_PORT")).toUShort();
    m_jumpPort = settings.value(QStringLiteral("JUMP_PORT")).toUShort();
    m_hostPid = settings.value(QStringLiteral("HOST_PID")).toLongLong();
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

QList<qint64> childrenOf(qint64 process) {
    QList<qint64> children;
    const QStringList processes = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& one : processes) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(one));
        if (one.toLongLong() <= 0 || !file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray stat = file.readAll();
        const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toLongLong() == process)
            children.append(one.toLongLong());
    }
    return children;
}

} // namespace tests
