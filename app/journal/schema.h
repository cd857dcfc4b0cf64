// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QList>
#include <QSqlDatabase>
#include <QStringList>

namespace app {

/// One step of the schema: what turns the version before it into this one. Never edited once
/// released; the events themselves are never rewritten by any.
struct Migration {
    int version = 1;
    QStringList statements;
};

/// All steps, the first makes version 1 out of an empty database.
[[nodiscard]] const QList<Migration>& journalMigrations();
[[nodiscard]] int journalVersion(const QList<Migration>& migrations = journalMigrations());
/// "GNTR": marks the file as a journal of this program.
constexpr int journalApplicationId = 0x474e5452;

/// Brings the database to the newest version, each step in a transaction of its own with its
/// version number: a crash in between leaves a whole version. Unsupported where the database is
/// newer than all steps.
[[nodiscard]] models::Result<void>
migrate(QSqlDatabase& database, const QList<Migration>& migrations = journalMigrations());

} // namespace app
