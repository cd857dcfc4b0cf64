// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

namespace ui {

/// The present moment, of the system's clock, which may jump.
[[nodiscard]] models::Instant presentInstant();

} // namespace ui
