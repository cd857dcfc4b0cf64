// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/draft.h"
#include "models/run/runstate.h"

namespace models {

/// Of the main lane, once these events are written: the runs list shows it, and it is stored in the
/// same append. What commands bring about, which may be often, costs nothing in proportion to the
/// plan.
[[nodiscard]] Progress progressAfter(const RunState& state, const QList<EventDraft>& drafts);

/// The state once these are recorded, to decide on; their time is that of the run's start.
[[nodiscard]] RunState stateAfter(RunState state, const QList<EventDraft>& drafts);

} // namespace models
