// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demohost/demofolder.h"

#include "app/demohost/demoworkspace.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <functional>

namespace app {
namespace {

models::Result<void> write(const QString& path, const QByteArray& text, QFile::Permissions rights) {
    QFile file(path);
    if (!file.open(QFile::WriteOnly | QFile::NewOnly) || file.write(text) != text.size() ||
        !file.setPermissions(rights)) {
        return models::failure(models::ErrorCode::NotWritable,
                               QStringLiteral("The demo host cannot write %1.").arg(path),
                               file.errorString());
    }
    return {};
}

constexpr QFile::Permissions readable = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions executable = readable | QFile::ExeOwner;

/// Everything below a folder of the program's own resources.
models::Result<void> unpack(const QString& from, const QString& to, QFile::Permissions rights,
                            const std::function<QByteArray(const QByteArray&)>& edit = {}) {
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        const QString path = to + file.fileName().mid(from.size());
        if (!file.open(QFile::ReadOnly) || !QDir().mkpath(path.left(path.lastIndexOf(u'/')))) {
            return models::failure(models::ErrorCode::NotWritable,
                                   QStringLiteral("The demo host cannot write %1.").arg(path));
        }
        QByteArray text = file.readAll();
        if (edit)
            text = edit(text);
        if (const models::Result<void> written = write(path, text, rights); !written)
            return written;
    }
    return {};
}

} // namespace

DemoFolder::DemoFolder()
    : m_folder(QDir::tempPath() + QStringLiteral("/gantry-demo-XXXXXX")) {}

models::Result<void> DemoFolder::prepare() const {
    if (!m_folder.isValid()) {
        return models::failure(
            models::ErrorCode::NotWritable,
            QStringLiteral("The demo host has no folder in %1. Set TMPDIR to a folder that can be "
                           "written.")
                .arg(QDir::tempPath()),
            m_folder.errorString());
    }
    const QDir folder(m_folder.path());
    if (!folder.mkdir(QStringLiteral("home")) || !folder.mkdir(QStringLiteral("logs")) ||
        !folder.mkdir(QStringLiteral("state"))) {
        return models::failure(models::ErrorCode::NotWritable,
                               QStringLiteral("The demo host cannot write %1.").arg(folder.path()));
    }
    return unpack(QStringLiteral(":/demohost/standins"), at("bin"), executable);
}

models::Result<void> DemoFolder::writeAccess(ssh_key person, const QByteArray& hostKey,
                                             quint16 port) const {
    if (auto written = writePrivateKey(person, at("key")); !written)
        return written;
    const QByteArray folder = QFile::encodeName(path());
    const QByteArray config = "Host gantry-demo\n"
                              "    HostName 127.0.0.1\n"
                              "    Port " +
                              QByteArray::number(port) +
                              "\n    User deploy\n"
                              "    HostKeyAlias gantry-demo\n"
                              "    IdentitiesOnly yes\n"
                              "    IdentityFile \"" +
                              folder + "/key\"\n    UserKnownHostsFile \"" + folder +
                              "/known_hosts\"\n";
    const QByteArray known = "gantry-demo " + hostKey + '\n';
    if (auto written = write(at("known_hosts"), known, readable); !written)
        return written;
    return write(at("ssh_config"), config, readable);
}

models::Result<void>
DemoFolder::writeWorkspaces(const QMap<QByteArray, QByteArray>& addresses) const {
    return unpack(QStringLiteral(":/demohost/workspaces"), at("workspaces"), readable,
                  [&addresses](const QByteArray& text) { return demoPartOf(text, addresses); });
}

} // namespace app
