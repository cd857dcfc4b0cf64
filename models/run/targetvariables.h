// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/plan.h"

namespace models {

/// What commands know the target by, so that a version is said once: TARGET_VERSION where all
/// services of it go to one version, and TARGET_VERSION_SERVICE of each; PREVIOUS_VERSION likewise,
/// of what was seen there when the run was made. None in a rollback, which has those of the run
/// that it takes back.
[[nodiscard]] QMap<QString, QString> targetVariables(const PlanContext& context);

/// All that there could be of these services.
[[nodiscard]] QStringList targetVariableNames(const QStringList& services);

/// Whether a variable is one that a target gives a value to.
[[nodiscard]] bool isTargetVariable(const QString& name);

} // namespace models
