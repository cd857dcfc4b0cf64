// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"
#include "ui/theme/tokens.h"

namespace ui {

/// The colour of how a run stands: the accent while it is not closed, then that of its outcome.
[[nodiscard]] inline Colour runTone(models::RunStatus status, models::RunOutcome outcome) {
    if (status != models::RunStatus::Closed)
        return Colour::Accent;
    switch (outcome) {
    case models::RunOutcome::None:
        return Colour::Unknown;
    case models::RunOutcome::Succeeded:
        return Colour::Pass;
    case models::RunOutcome::SucceededWithDeviations:
    case models::RunOutcome::RolledBack:
        return Colour::Warn;
    case models::RunOutcome::Failed:
    case models::RunOutcome::RollbackFailed:
        return Colour::Fail;
    case models::RunOutcome::Aborted:
        return Colour::Quiet;
    }
    return Colour::Unknown;
}

} // namespace ui
