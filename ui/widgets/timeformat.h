// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "ui/theme/agewords.h"
#include "ui/theme/clock.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>

namespace ui {

/// The zone in which times are shown: UTC, or that of the machine where the setting says so.
[[nodiscard]] QTimeZone shownZone();
/// The moment in that zone, in milliseconds; invalid for none.
[[nodiscard]] QDateTime shownTime(models::Instant at);

/// "14:02:11 UTC", or in local time with its zone where the setting says so; empty for none.
[[nodiscard]] QString formatTime(models::Instant at);
/// "2026-11-21 14:02 UTC"; empty for none.
[[nodiscard]] QString formatDateTime(models::Instant at);
/// "2026-11-23 03:27 to 04:27 UTC", with a second date where it is another.
[[nodiscard]] QString formatSpan(models::Instant from, models::Instant until);
/// "2026-11-21"; empty for none.
[[nodiscard]] QString formatDate(models::Instant at);
/// "14:02:11.123", without its zone; empty for none.
[[nodiscard]] QString formatClock(models::Instant at);
/// "UTC", or the name that the machine's zone has at that time; empty for none.
[[nodiscard]] QString zoneName(models::Instant at);

} // namespace ui
