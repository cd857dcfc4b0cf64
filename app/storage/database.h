// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/connection.h"
#include "app/storage/presencelock.h"
#include "models/core/instant.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace app {

/// One step of the schema: what turns the version before it into this one. Never edited once
/// released.
struct Migration {
    int version = 1;
    QStringList statements;
};

/// Brings the database to the newest version, each step in a transaction of its own with its
/// version number: a crash in between leaves a whole version. Unsupported where the database is
/// newer than all steps.
[[nodiscard]] models::Result<void> migrate(QSqlDatabase& database, const QString& subject,
                                           const QList<Migration>& migrations);

/// Where a database is, and what of.
struct DatabaseFile {
    enum class Durability {
        Whole,   ///< what was committed survives a crash of the machine
        Relaxed, ///< such a crash may take the newest commits back
    };

    QString path;          ///< in a folder of its own, which is made private
    QString subject;       ///< "journal"
    QString lossWords;     ///< what is missing where a damaged one was put aside, a sentence's end
    int applicationId = 0; ///< tells its files from those of others
    /// All steps, the first makes version 1 out of an empty database.
    QList<Migration> migrations;
    Durability durability = Durability::Whole;
    QStringList pragmas; ///< run after opening
    std::function<models::Instant()> clock;
};

/// A database, opened for good: made private, checked, migrated, or put aside when it is damaged.
class Database {
public:
    explicit Database(DatabaseFile file)
        : m_file(std::move(file))
        , m_connection(m_file.subject) {}

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
    /// Beside the database, with its name: "journal.lock", "journal.suspect".
    [[nodiscard]] QString beside(const QString& ending) const;
    [[nodiscard]] QString suspectPath() const { return beside(QStringLiteral(".suspect")); }

    DatabaseFile m_file;
    PresenceLock m_presence;
    Connection m_connection;
    bool m_readOnly = false;
    QString m_notice;
};

} // namespace app
