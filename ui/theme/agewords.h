// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QString>

#include <chrono>

namespace ui {

/// "840 ms", "12 s", "4 min 05 s", "2 h 07 min", "3 d 4 h".
[[nodiscard]] QString formatDuration(std::chrono::milliseconds duration);
/// "now", "12 s ago", "4 min ago", "3 h ago", "5 d ago"; a moment to come is "now".
[[nodiscard]] QString formatAge(models::Instant at, models::Instant now);

} // namespace ui
