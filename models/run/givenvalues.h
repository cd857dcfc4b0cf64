// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/run/plan.h"

namespace models {

/// Whether these can be kept as values of the plan's variables: none of them is a secret, and each
/// matches the pattern that its variable has. Pure.
[[nodiscard]] Result<void> checkValues(const Plan& plan, const QMap<QString, QString>& values);

} // namespace models
