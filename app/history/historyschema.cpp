// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/history/historyschema.h"

#include "app/history/historyworker.h"

namespace app {

namespace {

/// "GNTH": marks the file as a history of this program.
constexpr int applicationId = 0x474e5448;

QList<Migration> migrations() {
    return {
        {1,
         {
             QStringLiteral("PRAGMA application_id=%1").arg(applicationId),
             // definition: models::definitionOf().
             QStringLiteral("CREATE TABLE probes(id INTEGER PRIMARY KEY, workspace TEXT NOT NULL,"
                            " environment TEXT NOT NULL, service TEXT NOT NULL,"
                            " definition TEXT NOT NULL,"
                            " UNIQUE(workspace, environment, service, definition))"),
             // The newest check, with its words. at: milliseconds since 1970.
             QStringLiteral("CREATE TABLE last(probe INTEGER PRIMARY KEY, at INTEGER NOT NULL,"
                            " settled INTEGER NOT NULL, reason TEXT NOT NULL,"
                            " packed BLOB NOT NULL)"),
             // Checks of an hour (since 1970) as models::packed() has them, one behind the other.
             QStringLiteral("CREATE TABLE checks(probe INTEGER NOT NULL, hour INTEGER NOT NULL,"
                            " console TEXT NOT NULL, packed BLOB NOT NULL,"
                            " PRIMARY KEY(probe, hour, console)) WITHOUT ROWID"),
             // What a slot of so many seconds came to; times in seconds. phases: sums as 4-byte
             // floats, then counts as 2-byte numbers; sketch: 2-byte numbers; all little-endian.
             QStringLiteral("CREATE TABLE slots(probe INTEGER NOT NULL,"
                            " resolution INTEGER NOT NULL, slot INTEGER NOT NULL,"
                            " passed INTEGER NOT NULL, failed INTEGER NOT NULL,"
                            " unknown INTEGER NOT NULL, measured INTEGER NOT NULL,"
                            " least REAL NOT NULL, most REAL NOT NULL, sum REAL NOT NULL,"
                            " phases BLOB NOT NULL, sketch BLOB NOT NULL,"
                            " PRIMARY KEY(probe, resolution, slot)) WITHOUT ROWID"),
             QStringLiteral("CREATE INDEX slots_by_age ON slots(resolution, slot)"),
             QStringLiteral("CREATE INDEX checks_by_age ON checks(hour)"),
         }},
    };
}

} // namespace

DatabaseFile historyFile(const HistoryOptions& options) {
    DatabaseFile file;
    file.path = options.path();
    file.subject = QStringLiteral("health history");
    file.lossWords = QStringLiteral("checks kept");
    file.applicationId = applicationId;
    file.migrations = migrations();
    // A commit that a crash takes back loses some checks and damages nothing.
    file.durability = DatabaseFile::Durability::Relaxed;
    file.clock = options.clock;
    return file;
}

} // namespace app
