// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/place.h"
#include "app/run/runfeed.h"
#include "app/run/runservice.h"
#include "app/runbook/runbookservice.h"
#include "tests/support/memorysecretstore.h"

namespace tests {

/// Runs and runbooks beside something else that is tested: no command is ever carried out.
struct IdleRuns {
    /// journal outlives it.
    explicit IdleRuns(app::JournalStore& journal)
        : runs(journal, secrets,
               [](const auto&, const QString&) { return std::unique_ptr<app::Place>(); }) {}

    MemorySecretStore secrets;
    app::RunService runs;
    app::RunFeed feed{runs};
    app::RunbookService runbooks;
};

} // namespace tests
