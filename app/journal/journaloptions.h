// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/diagnostics/clock.h"
#include "models/core/instant.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace app {

/// Where a journal is and whose console writes it. The defaults are the program's own.
struct JournalOptions {
    QString folder = defaultFolder();
    QString console = newConsoleId(); ///< stands in every event that this console writes
    std::function<models::Instant()> clock = presentInstant;
    /// Of the output of one attempt its first and last so many bytes are kept.
    qint64 keptAtEachEnd = 64LL * 1024 * 1024;
    /// Run after opening, as "max_page_count=1000" to bound the file's size.
    QStringList pragmas;

    /// $XDG_DATA_HOME/gantry
    [[nodiscard]] static QString defaultFolder();
    [[nodiscard]] static QString newConsoleId();

    [[nodiscard]] QString databasePath() const { return folder + QStringLiteral("/journal.db"); }
};

} // namespace app
