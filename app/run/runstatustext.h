// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

namespace app {

/// Where a run stands, in two lines for the team's chat.
[[nodiscard]] QString runStatusText(const models::RunState& state, models::Instant now);

} // namespace app
