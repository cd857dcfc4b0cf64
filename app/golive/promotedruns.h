// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "models/run/promotion.h"

#include <functional>

namespace app {

/// Closed runs of an environment with what they were about, newest first, as the journal has them:
/// at most the newest twenty. An error: it cannot be read. done is called on the context's thread,
/// and not after the context is gone.
void readPromotedRuns(JournalStore& journal, QObject* context, const QString& workspaceId,
                      const QString& environment,
                      std::function<void(const models::Result<QList<models::PromotedRun>>&)> done);

} // namespace app
