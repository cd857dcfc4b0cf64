// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

namespace app {

/// Where a run stands, for the team's chat, as plain lines: what it is and how far; what it waits
/// for, or what is next; then, where there are any, its open gates and approvals, triggers that
/// hold, and when it was looked at.
[[nodiscard]] QString runStatusText(const models::RunState& state, models::Instant now);

} // namespace app
