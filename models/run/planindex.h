// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/plan.h"

namespace models {

/// Fills everything that follows from the order and the parents of a plan's steps.
void indexPlan(Plan& plan);

} // namespace models
