// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <functional>

class QSqlError;

namespace app {

/// What SQLite said, for a person: NotWritable when full or read-only, Damaged, Locked when busy.
/// subject: what is kept there, as "journal".
[[nodiscard]] models::Error databaseError(const QSqlError& error, const QString& subject,
                                          const QString& path);

[[nodiscard]] models::Error notWritableError(const QString& subject, const QString& path,
                                             const QString& detail);

/// A connection of its own under a name that no other has. Closed with it. One thread.
class Connection {
public:
    enum class Access {
        ReadWrite,
        ReadOnly, ///< beside whoever writes; SQLite keeps its -shm and -wal beside the file
        /// Of a file that nobody writes: nothing is made beside it. One with a -wal or -shm may be
        /// in use, and is opened as ReadOnly.
        Resting,
    };

    /// subject: what is kept there, for the words of errors.
    explicit Connection(QString subject)
        : m_subject(std::move(subject)) {}
    ~Connection() { close(); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Opens an existing file; creates none.
    [[nodiscard]] models::Result<void> open(const QString& path, Access access);
    void close();
    [[nodiscard]] bool isOpen() const { return m_database.isOpen(); }
    [[nodiscard]] QSqlDatabase& database() { return m_database; }
    [[nodiscard]] QString path() const { return m_path; }

    /// Runs one statement.
    [[nodiscard]] models::Result<QSqlQuery> run(const QString& statement,
                                                const QVariantList& values = {});
    /// The one value of a query, such as a pragma's.
    [[nodiscard]] models::Result<QVariant> value(const QString& statement,
                                                 const QVariantList& values = {});
    /// All of it or nothing: undone where the work, or its commit, gives an error. The lock for
    /// writing is taken at once.
    [[nodiscard]] models::Result<void>
    transaction(const std::function<models::Result<void>()>& work);
    /// To the disk, of what was removed.
    [[nodiscard]] models::Result<void> giveBackFreePages();
    [[nodiscard]] models::Error error(const QSqlQuery& query) const;

private:
    QString m_subject;
    QString m_path;
    QString m_name; ///< of the connection, for Qt
    QSqlDatabase m_database;
};

} // namespace app
