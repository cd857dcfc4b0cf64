// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QString>

namespace ui {

/// "320 ms", "45 s", "3 min 12 s", "2 h 5 min"
[[nodiscard]] QString durationText(qint64 milliseconds);
/// "12 s ago", "3 min ago", "2 d ago"
[[nodiscard]] QString ageText(models::Instant then, models::Instant now);
/// "14:02:11 UTC", or local time with its zone where that is set; with the date on another day.
[[nodiscard]] QString timeText(models::Instant at, models::Instant now);
[[nodiscard]] models::Instant now();
/// "1 step", "3 steps": the plural takes an s.
[[nodiscard]] QString countText(int count, const QString& singular);
/// One line of at most this many characters, for a sentence.
[[nodiscard]] QString shortened(const QString& text, int most);

} // namespace ui
