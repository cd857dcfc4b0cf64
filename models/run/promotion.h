// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

namespace models {

/// A closed run of the environment that is promoted from, as the journal has it. A value.
struct PromotedRun {
    QString title;
    Target target;
    RunOutcome outcome = RunOutcome::None;
    Instant closedAt;
    QString startedBy;

    bool operator==(const PromotedRun&) const = default;
};

/// "Dev passed for the same commit". Of the runs there, newest first, the newest one that was about
/// the wanted target decides; where none was, the finding says what the environment has. Unknown
/// where the run's own target is not said, or theirs.
[[nodiscard]] Finding promotionFinding(const QString& environment, const Target& wanted,
                                       const QList<PromotedRun>& runs, Instant now);

} // namespace models
