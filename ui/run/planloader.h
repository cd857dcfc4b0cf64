// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

#include <QFuture>

namespace ui {

/// Which plan is wanted.
struct PlanRequest {
    models::Workspace workspace;
    QString runbookPath; ///< relative to the workspace's root
    QString environment;
    models::Target target;
    QList<models::StartOverride> overrides = {}; ///< what it is started against
    models::Target previous = {}; ///< the versions that are deployed as the run starts
    /// Whether another environment takes the place of this one where the document is for that.
    bool suggestsEnvironment = false;

    bool operator==(const PlanRequest&) const = default;
};

/// Reads the runbook, and those that it refers to, and places its steps, off the calling thread.
[[nodiscard]] QFuture<models::Result<models::PlanPointer>> loadPlan(const PlanRequest& request);

} // namespace ui
