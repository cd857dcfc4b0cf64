// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/knownhostsfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <mutex>
#include <sys/file.h>

namespace app {
namespace {

constexpr qint64 sizeLimit = 32 * 1024 * 1024;

QString tr(const char* text) {
    return QCoreApplication::translate("KnownHosts", text);
}

std::mutex& writing() {
    static std::mutex mutex;
    return mutex;
}

} // namespace

models::Result<KnownHosts> readKnownHosts(const QStringList& files) {
    KnownHosts known;
    for (const QString& name : files) {
        QFile file(name);
        if (!file.exists())
            continue;
        if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly) || file.size() > sizeLimit)
            return models::failure(
                models::ErrorCode::NotReadable,
                tr("%1 cannot be read, and it may hold the key that the host has "
                   "to have. Make it a readable file.")
                    .arg(name),
                file.errorString());
        known.add(name, file.readAll());
    }
    return known;
}

models::Result<void> appendKnownHost(const QString& file, const QByteArray& line) {
    const std::scoped_lock lock(writing());
    const auto fail = [&file](const QString& detail) {
        return models::failure(
            models::ErrorCode::NotWritable,
            tr("The host's key cannot be added to %1. Make the file writable.").arg(file), detail);
    };
    const QFileInfo info(file);
    if (!info.dir().exists()) {
        if (!info.dir().mkpath(QStringLiteral(".")))
            return fail({});
        QFile::setPermissions(info.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    QFile known(file);
    // The permissions are those of a file that is made by this.
    if (!known.open(QIODevice::ReadWrite, QFile::ReadOwner | QFile::WriteOwner))
        return fail(known.errorString());
    flock(known.handle(), LOCK_EX);
    // A last line without an end would swallow the new one.
    QByteArray text = line;
    const qint64 size = known.size();
    char last = '\n';
    if (size > 0 && (!known.seek(size - 1) || !known.getChar(&last)))
        return fail(known.errorString());
    if (last != '\n')
        text.prepend('\n');
    if (!known.seek(size) || known.write(text) != text.size() || !known.flush())
        return fail(known.errorString());
    return {};
}

} // namespace app
