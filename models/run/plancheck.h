// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/plan.h"

namespace models {

/// Adds what can be said of the steps once all are placed: variables without a value, inverses
/// that nobody has or that form a loop. What is named like a secret is declared as one.
void checkPlan(Plan& plan);

} // namespace models
