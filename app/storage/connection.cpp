// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/storage/connection.h"

#include <QFileInfo>
#include <QSqlError>
#include <QUrl>
#include <QUuid>

#include <utility>

namespace app {

using models::Error;
using models::ErrorCode;
using models::Result;

namespace {

// SQLite's primary result codes: https://www.sqlite.org/rescode.html
enum SqliteCode {
    Permission = 3,
    Busy = 5,
    LockedTable = 6,
    ReadOnlyFile = 8,
    InputOutput = 10,
    Corrupt = 11,
    Full = 13,
    CannotOpen = 14,
    NotADatabase = 26,
};

/// Without what a database in use has beside it, whose changes may be in there alone.
bool isAlone(const QString& path) {
    return !QFileInfo::exists(path + QStringLiteral("-wal")) &&
           !QFileInfo::exists(path + QStringLiteral("-shm"));
}

/// https://www.sqlite.org/uri.html
QString restingUri(const QString& path) {
    QUrl url = QUrl::fromLocalFile(QFileInfo(path).absoluteFilePath());
    url.setQuery(QStringLiteral("immutable=1"));
    return url.toString(QUrl::FullyEncoded);
}

} // namespace

Error notWritableError(const QString& subject, const QString& path, const QString& detail) {
    return {ErrorCode::NotWritable,
            QStringLiteral("The %1 %2 cannot be written: nothing was recorded. Check the "
                           "folder's permissions, then try again.")
                .arg(subject, path),
            detail};
}

Error databaseError(const QSqlError& error, const QString& subject, const QString& path) {
    const int code = error.nativeErrorCode().toInt() & 0xff;
    switch (code) {
    case Full:
        return {ErrorCode::NotWritable,
                QStringLiteral("The disk of the %1 %2 is full: nothing was recorded. Free "
                               "some space, then try again.")
                    .arg(subject, path),
                error.text()};
    case Permission:
    case ReadOnlyFile:
    case InputOutput:
    case CannotOpen:
        return notWritableError(subject, path, error.text());
    case Corrupt:
    case NotADatabase:
        return {ErrorCode::Damaged,
                QStringLiteral("The %1 %2 is damaged. Start Gantry again: it keeps the damaged "
                               "file aside and begins a new one.")
                    .arg(subject, path),
                error.text()};
    case Busy:
    case LockedTable:
        return {ErrorCode::Locked,
                QStringLiteral("Another program is using the %1 %2. Close it, then try again.")
                    .arg(subject, path),
                error.text()};
    }
    return {
        ErrorCode::Internal,
        QStringLiteral("The %1 %2 could not be used. The log has the details.").arg(subject, path),
        error.text()};
}

Result<void> Connection::open(const QString& path, Access access) {
    close();
    m_path = path;
    m_name = m_subject + u'-' + QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
    QString name = path;
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000");
    if (access != Access::ReadWrite)
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    if (access == Access::Resting && isAlone(path)) {
        name = restingUri(path);
        options += QStringLiteral(";QSQLITE_OPEN_URI");
    }
    m_database.setDatabaseName(name);
    m_database.setConnectOptions(options);
    if (m_database.open())
        return {};
    const Error error = databaseError(m_database.lastError(), m_subject, path);
    close();
    return tl::unexpected(error);
}

void Connection::close() {
    if (m_name.isEmpty())
        return;
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(std::exchange(m_name, {}));
}

Error Connection::error(const QSqlQuery& query) const {
    return databaseError(query.lastError(), m_subject, path());
}

Result<QSqlQuery> Connection::run(const QString& statement, const QVariantList& values) {
    QSqlQuery query(m_database);
    query.setForwardOnly(true);
    bool ok = query.prepare(statement);
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(static_cast<int>(i), values[i]);
    ok = ok && query.exec();
    if (!ok)
        return tl::unexpected(error(query));
    return query;
}

Result<QVariant> Connection::value(const QString& statement, const QVariantList& values) {
    auto query = run(statement, values);
    if (!query)
        return tl::unexpected(query.error());
    if (query->next())
        return query->value(0);
    if (query->lastError().isValid())
        return tl::unexpected(error(*query));
    return QVariant();
}

Result<void> Connection::transaction(const std::function<Result<void>()>& work) {
    if (const auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return tl::unexpected(begun.error());
    Result<void> done = work();
    if (done) {
        if (const auto committed = run(QStringLiteral("COMMIT")); !committed)
            done = tl::unexpected(committed.error());
    }
    if (!done)
        (void)run(QStringLiteral("ROLLBACK"));
    return done;
}

/// Qt takes one step of a statement without columns, and each step of this one frees a page.
Result<void> Connection::giveBackFreePages() {
    const auto pages = value(QStringLiteral("PRAGMA freelist_count"));
    if (!pages)
        return tl::unexpected(pages.error());
    return transaction([&]() -> Result<void> {
        for (qint64 page = 0; page < pages->toLongLong(); ++page) {
            if (auto freed = run(QStringLiteral("PRAGMA incremental_vacuum(1)")); !freed)
                return tl::unexpected(freed.error());
        }
        return {};
    });
}

} // namespace app
