// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/preflight/preflightline.h"
#include "models/run/plan.h"
#include "models/version/versionstanding.h"

#include <map>

namespace models {

/// Whether there is a way back: the steps that lead there, the first that cannot be undone, and by
/// service the version that a rollback would go back to.
[[nodiscard]] std::vector<PreflightLine>
wayBackLines(const Plan& plan, const std::map<QString, VersionStanding>& versions);

} // namespace models
