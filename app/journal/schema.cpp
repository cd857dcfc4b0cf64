// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/schema.h"

#include "app/journal/database.h"

#include <QSqlError>
#include <QSqlQuery>

namespace app {

namespace {

models::Result<void> apply(QSqlDatabase& database, const Migration& migration) {
    QSqlQuery query(database);
    QStringList statements{QStringLiteral("BEGIN IMMEDIATE")};
    statements += migration.statements;
    statements += QStringLiteral("PRAGMA user_version=%1").arg(migration.version);
    statements += QStringLiteral("COMMIT");
    for (const QString& statement : std::as_const(statements)) {
        if (!query.exec(statement)) {
            const models::Error error = databaseError(query.lastError(), database.databaseName());
            query.exec(QStringLiteral("ROLLBACK"));
            return tl::unexpected(error);
        }
    }
    return {};
}

} // namespace

const QList<Migration>& journalMigrations() {
    static const QList<Migration> migrations{
        {1,
         {
             QStringLiteral("PRAGMA application_id=%1").arg(journalApplicationId),
             // One row an event: the exact bytes that were hashed, and the hash.
             QStringLiteral("CREATE TABLE events(run TEXT NOT NULL, seq INTEGER NOT NULL,"
                            " bytes BLOB NOT NULL, hash BLOB NOT NULL,"
                            " PRIMARY KEY(run, seq)) WITHOUT ROWID"),
             // Derived from the events, so that listing replays none.
             QStringLiteral("CREATE TABLE runs(id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL,"
                            " workspace_name TEXT NOT NULL, workspace_root TEXT NOT NULL,"
                            " runbook_path TEXT NOT NULL, runbook_title TEXT NOT NULL,"
                            " environment TEXT NOT NULL, started_by TEXT NOT NULL,"
                            " started_at INTEGER NOT NULL, last_event_at INTEGER NOT NULL,"
                            " closed_at INTEGER NOT NULL, status TEXT NOT NULL,"
                            " outcome TEXT NOT NULL, done INTEGER NOT NULL,"
                            " total INTEGER NOT NULL, last_seq INTEGER NOT NULL,"
                            " head BLOB NOT NULL) WITHOUT ROWID"),
             // The masked output of the OutputRecorded event with the same run and seq. kept:
             // 0 whole, 1 left out past the limit of an attempt, 2 removed by retention.
             QStringLiteral("CREATE TABLE bodies(run TEXT NOT NULL, seq INTEGER NOT NULL,"
                            " step TEXT NOT NULL, attempt INTEGER NOT NULL,"
                            " stream INTEGER NOT NULL, size INTEGER NOT NULL,"
                            " kept INTEGER NOT NULL, coding INTEGER NOT NULL, bytes BLOB)"),
             QStringLiteral("CREATE UNIQUE INDEX bodies_of_attempt"
                            " ON bodies(run, step, attempt, seq)"),
         }},
        // Runs from before show none until their next event.
        {2, {QStringLiteral("ALTER TABLE runs ADD COLUMN failed INTEGER NOT NULL DEFAULT 0")}},
    };
    return migrations;
}

int journalVersion(const QList<Migration>& migrations) {
    return migrations.last().version;
}

models::Result<void> migrate(QSqlDatabase& database, const QList<Migration>& migrations) {
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("PRAGMA user_version")) || !query.next())
        return tl::unexpected(databaseError(query.lastError(), database.databaseName()));
    const int present = query.value(0).toInt();
    query.finish();
    if (present > journalVersion(migrations)) {
        return models::failure(
            models::ErrorCode::Unsupported,
            QStringLiteral("The journal %1 was written by a newer Gantry (its version is %2, this "
                           "one knows %3). Update Gantry to open it; nothing was changed.")
                .arg(database.databaseName())
                .arg(present)
                .arg(journalVersion(migrations)));
    }
    for (const Migration& migration : migrations) {
        if (migration.version <= present)
            continue;
        if (auto applied = apply(database, migration); !applied)
            return applied;
    }
    return {};
}

} // namespace app
