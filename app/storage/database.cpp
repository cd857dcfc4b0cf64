// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/database.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlError>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace app {

namespace {

using models::Error;
using models::ErrorCode;
using models::failure;
using models::Result;

/// Larger files are looked through only after something was found wrong in them: reading all of
/// a gigabyte at each start would keep people waiting.
constexpr qint64 alwaysChecked = 128LL * 1024 * 1024;

/// As PRAGMA auto_vacuum answers: https://www.sqlite.org/pragma.html#pragma_auto_vacuum
constexpr int incrementalVacuum = 2;

Result<void> makePrivate(const QString& subject, const QString& folder) {
    const QByteArray path = QFile::encodeName(folder);
    QDir().mkpath(QFileInfo(folder).path());
    if (mkdir(path.constData(), 0700) != 0 && errno != EEXIST)
        return tl::unexpected(
            notWritableError(subject, folder, QString::fromLocal8Bit(std::strerror(errno))));
    if (!QFileInfo(folder).isDir()) {
        return failure(ErrorCode::NotWritable,
                       QStringLiteral("%1 is in the way: the %2 needs a folder of this name. "
                                      "Move it, then try again.")
                           .arg(folder, subject));
    }
    // Against a umask that lets too little through, and a folder that lets in too many.
    if (chmod(path.constData(), 0700) != 0 && access(path.constData(), R_OK | X_OK) != 0)
        return tl::unexpected(
            notWritableError(subject, folder, QString::fromLocal8Bit(std::strerror(errno))));
    return {};
}

/// SQLite would create the file with the umask's rights; its -wal and -shm follow the file's own.
/// Never opens an existing file: closing it again would drop the locks of a connection to it.
Result<void> makeFile(const QString& subject, const QString& path) {
    const int file = open(QFile::encodeName(path).constData(),
                          O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file >= 0) {
        const bool done = fchmod(file, 0600) == 0;
        close(file);
        if (done)
            return {};
    } else if (errno == EEXIST) {
        return {};
    }
    if (errno == ENOSPC) {
        return failure(ErrorCode::NotWritable,
                       QStringLiteral("There is no space for the %1 %2. Free some, then try "
                                      "again.")
                           .arg(subject, path));
    }
    return tl::unexpected(
        notWritableError(subject, path, QString::fromLocal8Bit(std::strerror(errno))));
}

bool isDamage(const Error& error) {
    return error.code == ErrorCode::Damaged;
}

tl::unexpected<Error> damaged(const QString& subject, const QString& path, const QString& why) {
    return failure(ErrorCode::Damaged, QStringLiteral("The %1 %2 is damaged.").arg(subject, path),
                   why);
}

Result<void> apply(QSqlDatabase& database, const QString& subject, const Migration& migration) {
    QSqlQuery query(database);
    QStringList statements{QStringLiteral("BEGIN IMMEDIATE")};
    statements += migration.statements;
    statements += QStringLiteral("PRAGMA user_version=%1").arg(migration.version);
    statements += QStringLiteral("COMMIT");
    for (const QString& statement : std::as_const(statements)) {
        if (!query.exec(statement)) {
            const Error error = databaseError(query.lastError(), subject, database.databaseName());
            query.exec(QStringLiteral("ROLLBACK"));
            return tl::unexpected(error);
        }
    }
    return {};
}

} // namespace

Result<void> migrate(QSqlDatabase& database, const QString& subject,
                     const QList<Migration>& migrations) {
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("PRAGMA user_version")) || !query.next())
        return tl::unexpected(databaseError(query.lastError(), subject, database.databaseName()));
    const int newest = migrations.last().version;
    const int present = query.value(0).toInt();
    query.finish();
    if (present > newest) {
        return models::failure(
            models::ErrorCode::Unsupported,
            QStringLiteral("The %1 %2 was written by a newer Gantry (its version is %3, this one "
                           "knows %4). Update Gantry to open it; nothing was changed.")
                .arg(subject, database.databaseName())
                .arg(present)
                .arg(newest));
    }
    for (const Migration& migration : migrations) {
        if (migration.version <= present)
            continue;
        if (auto applied = apply(database, subject, migration); !applied)
            return applied;
    }
    return {};
}

Result<void> Database::open() {
    if (m_connection.isOpen())
        return {};
    if (auto made = makePrivate(m_file.subject, QFileInfo(m_file.path).path()); !made)
        return made;
    const bool present = m_presence.share(beside(QStringLiteral(".lock")));
    if (!present && !QFileInfo::exists(m_file.path))
        return tl::unexpected(notWritableError(m_file.subject, m_file.path, {}));
    auto opened = openChecked();
    if (!opened && isDamage(opened.error())) {
        m_connection.close();
        if (auto kept = setAside(opened.error()); !kept)
            return kept;
        opened = openChecked();
    }
    if (!opened)
        close();
    return opened;
}

void Database::close() {
    m_connection.close();
    m_presence.release();
}

Result<void> Database::writable() const {
    if (m_readOnly)
        return tl::unexpected(notWritableError(m_file.subject, m_file.path, {}));
    return {};
}

Result<void> Database::openChecked() {
    const QString path = m_file.path;
    m_readOnly = false;
    // A log without its database is what is left when putting aside was cut short.
    if (!QFileInfo::exists(path) && QFileInfo(path + QStringLiteral("-wal")).size() > 0)
        return damaged(m_file.subject, path, QStringLiteral("only its write-ahead log is there"));
    if (auto made = makeFile(m_file.subject, path); !made)
        return made;
    if (access(QFile::encodeName(path).constData(), W_OK) != 0)
        return openReadOnly();
    chmod(QFile::encodeName(path).constData(), 0600);
    return m_connection.open(path, Connection::Access::ReadWrite)
        .and_then([this] { return checkIdentity(); })
        .and_then([this] { return checkIntegrity(); })
        .and_then([this] { return configure(); });
}

Result<void> Database::openReadOnly() {
    m_readOnly = true;
    m_notice = notWritableError(m_file.subject, m_file.path, {}).message;
    return m_connection.open(m_file.path, Connection::Access::ReadOnly).and_then([this] {
        return checkIdentity();
    });
}

Result<void> Database::checkIdentity() {
    const auto objects = m_connection.value(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!objects)
        return tl::unexpected(objects.error());
    const auto application = m_connection.value(QStringLiteral("PRAGMA application_id"));
    if (!application)
        return tl::unexpected(application.error());
    const bool isEmpty = objects->toInt() == 0 && application->toInt() == 0;
    if (!isEmpty && application->toInt() != m_file.applicationId)
        return damaged(m_file.subject, m_file.path, QStringLiteral("it is another program's file"));
    return {};
}

Result<void> Database::checkIntegrity() {
    const QString path = m_file.path;
    if (QFileInfo(path).size() > alwaysChecked && !QFileInfo::exists(suspectPath()))
        return {};
    const auto answer = m_connection.value(QStringLiteral("PRAGMA quick_check(1)"));
    if (!answer)
        return tl::unexpected(answer.error());
    if (answer->toString() != QStringLiteral("ok"))
        return damaged(m_file.subject, path, answer->toString());
    QFile::remove(suspectPath());
    return {};
}

Result<void> Database::configure() {
    const auto vacuum = m_connection.value(QStringLiteral("PRAGMA auto_vacuum"));
    if (!vacuum)
        return tl::unexpected(vacuum.error());
    QStringList statements;
    // It has to come first: it is decided when the first page is written. Said again, it writes
    // that page anew, and waits for the disk.
    if (vacuum->toInt() != incrementalVacuum)
        statements.append(QStringLiteral("PRAGMA auto_vacuum=INCREMENTAL"));
    statements += {
        QStringLiteral("PRAGMA journal_mode=WAL"),
        m_file.durability == DatabaseFile::Durability::Whole
            ? QStringLiteral("PRAGMA synchronous=FULL")
            : QStringLiteral("PRAGMA synchronous=NORMAL"),
        QStringLiteral("PRAGMA foreign_keys=OFF"),
        QStringLiteral("PRAGMA temp_store=MEMORY"),
        QStringLiteral("PRAGMA trusted_schema=OFF"),
    };
    for (const QString& statement : std::as_const(statements)) {
        if (auto done = m_connection.run(statement); !done)
            return tl::unexpected(done.error());
    }
    if (auto migrated = migrate(m_connection.database(), m_file.subject, m_file.migrations);
        !migrated)
        return migrated;
    for (const QString& pragma : std::as_const(m_file.pragmas)) {
        if (auto done = m_connection.run(QStringLiteral("PRAGMA ") + pragma); !done)
            return tl::unexpected(done.error());
    }
    return {};
}

Result<void> Database::setAside(const Error& why) {
    const QString path = m_file.path;
    if (!m_presence.makeExclusive()) {
        return failure(ErrorCode::Locked,
                       QStringLiteral("The %1 %2 is damaged, and another console has it open. "
                                      "Close that one, then start this one again.")
                           .arg(m_file.subject, path),
                       why.detail);
    }
    const QString stamp =
        m_file.clock().toDateTime().toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'"));
    QString kept;
    int number = 0;
    do {
        kept = beside(QStringLiteral("-damaged-%1%2.%3")
                          .arg(stamp, number == 0 ? QString() : QStringLiteral("-%1").arg(number),
                               QFileInfo(path).suffix()));
        ++number;
    } while (QFileInfo::exists(kept) || QFileInfo::exists(kept + QStringLiteral("-wal")));
    for (const QString& part : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")}) {
        if (QFileInfo::exists(path + part) && !QFile::rename(path + part, kept + part))
            return tl::unexpected(
                notWritableError(m_file.subject, path + part, QStringLiteral("cannot be renamed")));
    }
    QFile::remove(suspectPath());
    if (!m_presence.share(beside(QStringLiteral(".lock"))))
        return tl::unexpected(
            notWritableError(m_file.subject, path, QStringLiteral("its lock file cannot be made")));
    m_notice = QStringLiteral("The %1 was damaged (%2). It is kept as %3, and a new one was "
                              "begun: %4 before are not in it.")
                   .arg(m_file.subject, why.detail.isEmpty() ? why.message : why.detail, kept,
                        m_file.lossWords);
    return {};
}

void Database::suspect() {
    QFile mark(suspectPath());
    if (mark.open(QIODevice::WriteOnly))
        mark.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

QString Database::beside(const QString& ending) const {
    const QFileInfo file(m_file.path);
    return file.path() + u'/' + file.completeBaseName() + ending;
}

} // namespace app
