// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temporaryhome.h"

#include <QDir>
#include <QFileInfo>

#include <cstdlib>

namespace tests {

TemporaryHome::TemporaryHome() {
    const auto set = [this](const char* name, const char* below) {
        const QString folder = m_folder.filePath(QString::fromLatin1(below));
        QDir().mkpath(folder);
        qputenv(name, folder.toUtf8());
    };
    set("HOME", ".");
    set("XDG_DATA_HOME", "data");
    set("XDG_CONFIG_HOME", "config");
    set("XDG_STATE_HOME", "state");
    set("XDG_CACHE_HOME", "cache");
    set("XDG_RUNTIME_DIR", "runtime");
    QFile::setPermissions(m_folder.filePath(QStringLiteral("runtime")),
                          QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QString sourceDir() { return QDir::cleanPath(qEnvironmentVariable("GANTRY_SOURCE_DIR")); }

QString sharedDir() {
    const QString folder = QDir::cleanPath(sourceDir() + QStringLiteral("/../shared"));
    return QFileInfo(folder).isDir() ? folder : QString();
}

} // namespace tests
