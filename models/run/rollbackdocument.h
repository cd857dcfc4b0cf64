// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/plan.h"

namespace models {

/// Whether the document at this path says in `rollback_for` that it takes back the runbook at the
/// other: relative to its own folder or to the workspace. Both paths are relative to the workspace.
[[nodiscard]] bool isRollbackFor(const Runbook& document, const QString& documentPath,
                                 const QString& runbookPath);

/// The plan with the steps of a rollback document behind its own, in the rollback lane: a run of it
/// has its way back with it. documentPlan: of the document alone, in the same context. Pure.
[[nodiscard]] Plan withRollbackDocument(Plan plan, const Plan& documentPlan);

/// As makePlan(), with those of the documents at these paths that take the runbook back. lookup
/// gives them, and nullptr where it cannot. Pure.
[[nodiscard]] Plan makePlanWithWayBack(const Runbook& runbook, const PlanContext& context,
                                       const QStringList& documents, const RunbookLookup& lookup);

} // namespace models
