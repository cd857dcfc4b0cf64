// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <optional>

namespace app {

class SqliteJournal;

/// gantry runs [--json]
int runsCommand(const QStringList& arguments);
/// gantry report RUN --format md|html|json
int reportCommand(const QStringList& arguments);
/// gantry journal verify [FILE] | backup FILE | export [FILE] | retention --days N
int journalCommand(const QStringList& arguments);

/// Says on standard error what a person has to know about the journal's opening. An exit status
/// where it cannot be used.
[[nodiscard]] std::optional<int> tellNotice(SqliteJournal& journal);

} // namespace app
