// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

namespace app {

/// The present moment, of the system's clock. It may jump: what waits for a while reckons with a
/// steady clock. On any thread.
[[nodiscard]] models::Instant presentInstant();

} // namespace app
