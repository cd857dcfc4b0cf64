// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logline.h"

#include <QString>

namespace ui {

/// What happened to the stream, in a sentence or two. Holds the source's own words as they are:
/// plain text.
[[nodiscard]] QString markerWords(const models::LogMarker& marker);
/// "14:02:11.123", in the zone of the setting; empty for none.
[[nodiscard]] QString formatClock(models::Instant at);

} // namespace ui
