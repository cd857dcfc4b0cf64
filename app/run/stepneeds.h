// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"

namespace app {

/// What the step still needs; shared by the window, the engine and the automatic runner.
[[nodiscard]] StepNeeds needsOf(const models::RunState& state, int planIndex);

} // namespace app
