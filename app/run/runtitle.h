// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"

namespace app {

/// What a run is called in a list: its runbook's title, else where that is, and of which it is the
/// rollback.
[[nodiscard]] inline QString runTitle(const RunSummary& run) {
    const QString name = run.runbookTitle.isEmpty() ? run.runbookPath : run.runbookTitle;
    return run.rollbackOf.isEmpty() ? name : QStringLiteral("Rollback of %1").arg(name);
}

} // namespace app
