// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/database.h"

#include <QList>

namespace app {

struct JournalOptions;

/// All steps, the first makes version 1 out of an empty database. The
/// events themselves are never rewritten by any.
[[nodiscard]] const QList<Migration>& journalMigrations();
[[nodiscard]] int journalVersion();
/// "GNTR": marks the file as a journal of this program.
constexpr int journalApplicationId = 0x474e5452;

/// The file of a journal, as it is opened.
[[nodiscard]] DatabaseFile journalDatabase(const JournalOptions& options);

} // namespace app
