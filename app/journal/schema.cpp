// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/journal/schema.h"

#include "app/journal/journaloptions.h"

namespace app {

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
        // target: JSON. block_reason: empty while nothing blocks what the run was about.
        {3,
         {QStringLiteral("ALTER TABLE runs ADD COLUMN target TEXT NOT NULL DEFAULT '{}'"),
          QStringLiteral("ALTER TABLE runs ADD COLUMN rollback_of TEXT NOT NULL DEFAULT ''"),
          QStringLiteral("ALTER TABLE runs ADD COLUMN block_reason TEXT NOT NULL DEFAULT ''")}},
        // A JSON array of places.
        {4, {QStringLiteral("ALTER TABLE runs ADD COLUMN locks TEXT NOT NULL DEFAULT '[]'")}},
        // Of a run that was handed over: to whom, and when, as its event has it. An open run says
        // so in the last of its DriverChanged events.
        {5,
         {QStringLiteral("ALTER TABLE runs ADD COLUMN given_to TEXT NOT NULL DEFAULT ''"),
          QStringLiteral("ALTER TABLE runs ADD COLUMN given_at TEXT NOT NULL DEFAULT ''"),
          QStringLiteral(
              "WITH drivers AS (SELECT run, max(seq), json(CAST(bytes AS TEXT)) AS event FROM"
              " events WHERE CAST(bytes AS TEXT) LIKE '%\"kind\":\"DriverChanged\"%'"
              " AND run IN (SELECT id FROM runs WHERE status!='closed') GROUP BY run)"
              " UPDATE runs SET given_to=ifnull(json_extract(event, '$.payload.to'), ''),"
              " given_at=iif(json_extract(event, '$.payload.to') IS NULL, '',"
              " json_extract(event, '$.at')) FROM drivers WHERE run=id")}},
        // Who blocked what the run was about, and when: as the last of its events about that says.
        {6,
         {QStringLiteral("ALTER TABLE runs ADD COLUMN blocked_by TEXT NOT NULL DEFAULT ''"),
          QStringLiteral("ALTER TABLE runs ADD COLUMN blocked_at TEXT NOT NULL DEFAULT ''"),
          QStringLiteral(
              "WITH blocks AS (SELECT run, max(seq), json(CAST(bytes AS TEXT)) AS event FROM"
              " events WHERE CAST(bytes AS TEXT) LIKE '%\"kind\":\"ReleaseBlocked\"%'"
              " AND run IN (SELECT id FROM runs WHERE block_reason!='') GROUP BY run)"
              " UPDATE runs SET blocked_by=ifnull(json_extract(event, '$.actor'), ''),"
              " blocked_at=ifnull(json_extract(event, '$.at'), '') FROM blocks WHERE run=id")}},
    };
    return migrations;
}

int journalVersion() {
    return journalMigrations().last().version;
}

DatabaseFile journalDatabase(const JournalOptions& options) {
    DatabaseFile file;
    file.path = options.databasePath();
    file.subject = QStringLiteral("journal");
    file.lossWords = QStringLiteral("runs recorded");
    file.applicationId = journalApplicationId;
    file.migrations = journalMigrations();
    file.pragmas = options.pragmas;
    file.clock = options.clock;
    return file;
}

} // namespace app
