// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

namespace models {

/// Whether every step of a runbook has a place to run at, in each environment that the runbook is
/// for: hosts that are not there, a default host that is not, a choice that nobody made, a batch
/// that is no number, an environment that gantry.yaml writes in another case. Sorted; lines and
/// columns are the runbook's. Pure.
///
/// A host that one environment has and another lacks is a warning: the runbook may be for the first
/// one only. It is an error where no environment has it, or the runbook names the environment.
[[nodiscard]] Diagnostics checkPlaces(const Workspace& workspace, const QString& runbookPath,
                                      const Runbook& runbook);

} // namespace models
