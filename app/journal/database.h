// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/journal/journaloptions.h"
#include "app/journal/runlock.h"
#include "models/core/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

class QSqlError;

namespace app {

/// What SQLite said, for a person: NotWritable when full or read-only, Damaged, Locked when busy.
[[nodiscard]] models::Error databaseError(const QSqlError& error, const QString& path);

/// A connection of its own under a name that no other has. Closed with it. One thread.
class Connection {
public:
    enum class Access { ReadWrite, ReadOnly };

    Connection() = default;
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Opens an existing file; creates none.
    [[nodiscard]] models::Result<void> open(const QString& path, Access access);
    void close();
    [[nodiscard]] bool isOpen() const { return m_database.isOpen(); }
    [[nodiscard]] QSqlDatabase& database() { return m_database; }
    [[nodiscard]] QString path() const { return m_database.databaseName(); }

    /// Runs one statement.
    [[nodiscard]] models::Result<QSqlQuery> run(const QString& statement,
                                                const QVariantList& values = {});
    /// The one value of a query, such as a pragma's.
    [[nodiscard]] models::Result<QVariant> value(const QString& statement,
                                                 const QVariantList& values = {});
    [[nodiscard]] models::Error error(const QSqlQuery& query) const;

private:
    QString m_name;
    QSqlDatabase m_database;
};

/// The journal's database, opened for good: made private, checked, migrated, or put aside when it
/// is damaged.
class Database {
public:
    explicit Database(const JournalOptions& options)
        : m_options(options) {}

    /// May be tried again after an error.
    [[nodiscard]] models::Result<void> open();
    void close();
    [[nodiscard]] bool isOpen() const { return m_connection.isOpen(); }
    /// Readable, but nothing can be recorded: NotWritable with what to do.
    [[nodiscard]] models::Result<void> writable() const;
    [[nodiscard]] Connection& connection() { return m_connection; }
    /// What happened on opening that a person has to know; empty when nothing did.
    [[nodiscard]] QString notice() const { return m_notice; }
    /// Has the next opening look through the whole file.
    void suspect();

private:
    [[nodiscard]] models::Result<void> openChecked();
    [[nodiscard]] models::Result<void> openReadOnly();
    [[nodiscard]] models::Result<void> checkIdentity();
    [[nodiscard]] models::Result<void> checkIntegrity();
    [[nodiscard]] models::Result<void> configure();
    [[nodiscard]] models::Result<void> setAside(const models::Error& why);
    [[nodiscard]] QString suspectPath() const;

    JournalOptions m_options;
    PresenceLock m_presence;
    Connection m_connection;
    bool m_readOnly = false;
    QString m_notice;
};

} // namespace app
