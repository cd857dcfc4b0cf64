// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/result.h"

#include <QString>
#include <QTimeZone>

namespace models {

/// What a time that a person names is to be seen against.
struct MomentFrame {
    Instant now;
    Instant here; ///< of the line at which the person is
    Instant first;
    Instant last; ///< of all lines
    QTimeZone zone = QTimeZone::utc();
};

/// The moment that a person names: `14:02`, `14:02:11.5` (on the day of the last line, or on the
/// one before where that is later), `2026-11-20 14:02`, `2026-11-20`, both in the frame's zone or
/// with a `Z` in UTC; `-5m` and `+1h30m` from here; `10 min ago` and `now`.
[[nodiscard]] Result<Instant> momentOf(const QString& text, const MomentFrame& frame);

} // namespace models
