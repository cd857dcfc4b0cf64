// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/intent.h"
#include "models/run/permission.h"

/// What intents are made of, wherever they are: for the files that make them.
namespace app::intent {

/// Of the plan; -1 where the run has no such step.
[[nodiscard]] int indexOf(const models::RunState& state, const models::StepId& step);
/// Why nothing more is recorded of what is done; empty where the run is open, here.
[[nodiscard]] QString closedReason(const models::RunState& state);
/// Refused whatever the state is: what was asked is not whole.
[[nodiscard]] Intent refuse(const models::StepId& step, const QString& reason);
/// One event where the state allows it.
[[nodiscard]] Intent single(const models::StepId& step, models::StepIntent kind,
                            const models::EventDraft& draft);

} // namespace app::intent
