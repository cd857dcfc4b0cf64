// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/journalstore.h"
#include "ui/environment/standingrow.h"

#include <vector>

namespace app {
class RunbookRisks;
class RunFeed;
} // namespace app

namespace models {
struct Workspace;
}

namespace ui {

/// What a release manager looks at beside the services of an environment.
struct ReleaseRow : StandingRow {
    enum class Kind {
        Run,         ///< run
        MoreRuns,    ///< those for which there is no room
        Certificate, ///< of service
        RunRisks,    ///< those of run, acknowledged or not
        KnownRisks,  ///< those of the workspace and its runbooks
    };

    Kind kind = Kind::Run;
    models::RunId run;       ///< empty: there is none
    std::size_t service = 0; ///< of HealthService::services()

    bool operator==(const ReleaseRow&) const = default;
};

/// One risk, with where it stands: "gantry.yaml", or a runbook.
struct KnownRisk {
    QString text;
    QString source;
    QString runbook; ///< relative to the workspace; empty: gantry.yaml

    bool operator==(const KnownRisk&) const = default;
};

/// The runs of one environment that are not closed, newest first, and the one that was closed last.
/// One row where there are none, or where they are not known.
[[nodiscard]] std::vector<ReleaseRow> runRows(const app::RunFeed& feed, const QString& workspaceId,
                                              const QString& environment);
/// Of each unfinished run that is open here, what it knows of its risks; where there is none, what
/// the workspace and its runbooks name.
[[nodiscard]] std::vector<ReleaseRow> riskRows(const app::RunFeed& feed,
                                               const app::RunbookRisks& runbooks,
                                               const models::Workspace& workspace,
                                               const QString& environment);
/// What gantry.yaml names, then its runbooks that are for this environment, each once.
[[nodiscard]] QList<KnownRisk> knownRisks(const app::RunbookRisks& runbooks,
                                          const models::Workspace& workspace,
                                          const QString& environment);

} // namespace ui
