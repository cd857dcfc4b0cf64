// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/runlock.h"

#include "app/storage/filelock.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSysInfo>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace app {

namespace {

using models::ErrorCode;
using models::failure;

QByteArray lockPath(const QString& folder, const models::RunId& run) {
    return QFile::encodeName(folder + QStringLiteral("/locks/") + run.text() +
                             QStringLiteral(".lock"));
}

QString userName() {
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return QString::fromLocal8Bit(found->pw_name);
    return QString::number(getuid());
}

QByteArray description(const QString& console, models::Instant now) {
    return QJsonDocument(QJsonObject{{QStringLiteral("console"), console},
                                     {QStringLiteral("pid"), getpid()},
                                     {QStringLiteral("user"), userName()},
                                     {QStringLiteral("host"), QSysInfo::machineHostName()},
                                     {QStringLiteral("since"), now.toString()}})
        .toJson(QJsonDocument::Compact);
}

QString describe(int file, const QString& console, models::Instant now) {
    std::array<char, 4096> bytes{};
    const ssize_t size = pread(file, bytes.data(), bytes.size(), 0);
    const QJsonObject who =
        QJsonDocument::fromJson(QByteArray(bytes.data(), std::max<ssize_t>(size, 0))).object();
    if (who.isEmpty())
        return QStringLiteral("another console");
    const QDateTime since =
        models::Instant::fromString(who.value(QLatin1String("since")).toString()).toDateTime();
    const QString when = since.date() == now.toDateTime().date()
                             ? since.toString(QStringLiteral("HH:mm"))
                             : since.toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    if (who.value(QLatin1String("console")).toString() == console)
        return QStringLiteral("this console since %1 UTC").arg(when);
    return QStringLiteral("console %1 of %2@%3 since %4 UTC")
        .arg(who.value(QLatin1String("pid")).toInteger())
        .arg(who.value(QLatin1String("user")).toString(),
             who.value(QLatin1String("host")).toString(), when);
}

/// Whether path still names the opened file: its holder removes it on release.
bool isStillThere(int file, const QByteArray& path) {
    struct stat opened {};
    struct stat named {};
    return fstat(file, &opened) == 0 && stat(path.constData(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

tl::unexpected<models::Error> cannotLock(const QByteArray& path) {
    return failure(ErrorCode::NotWritable,
                   QStringLiteral("The lock file %1 cannot be written. Check the folder's "
                                  "permissions and its free space.")
                       .arg(QFile::decodeName(path)),
                   QString::fromLocal8Bit(std::strerror(errno)));
}

bool writeDescription(int file, const QByteArray& text) {
    return ftruncate(file, 0) == 0 &&
           pwrite(file, text.constData(), static_cast<size_t>(text.size()), 0) == text.size();
}

} // namespace

RunLock::~RunLock() {
    // While it is still held, so that nobody can have taken it under this name.
    unlink(m_path.constData());
    close(m_file);
}

bool RunLock::isRunId(const models::RunId& run) {
    const QString& text = run.text();
    return text.size() == 26 && std::all_of(text.cbegin(), text.cend(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z');
           });
}

models::Result<std::unique_ptr<RunLock>> RunLock::take(const QString& folder,
                                                       const models::RunId& run,
                                                       const QString& console,
                                                       models::Instant now) {
    const QByteArray path = lockPath(folder, run);
    const QByteArray locks = QFile::encodeName(folder + QStringLiteral("/locks"));
    if (mkdir(locks.constData(), 0700) == 0)
        chmod(locks.constData(), 0700); // against an umask that took too much
    for (;;) {
        const int file = open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (file < 0)
            return cannotLock(path);
        if (!setLock(file, F_WRLCK)) {
            const QString holder = describe(file, console, now);
            close(file);
            return failure(ErrorCode::Locked, holder);
        }
        if (!isStillThere(file, path)) {
            close(file);
            continue;
        }
        std::unique_ptr<RunLock> lock(new RunLock(file, path));
        if (fchmod(file, 0600) != 0 || !writeDescription(file, description(console, now)))
            return cannotLock(path);
        return lock;
    }
}

QString RunLock::holder(const QString& folder, const models::RunId& run, const QString& console,
                        models::Instant now) {
    const int file = open(lockPath(folder, run).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return {};
    struct flock lock = wholeFile(F_WRLCK);
    const bool held = fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    const QString text = held ? describe(file, console, now) : QString();
    close(file);
    return text;
}

} // namespace app
