// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/rollbackplan.h"

namespace ui {

/// "Undoes “Start the portal” · web-1"; what stands under the title of a step of the way back.
[[nodiscard]] QString rollbackItemWords(const models::RollbackItem& item);

/// "3 steps, about 12 s; for 2 of them nobody knows how long they take"
[[nodiscard]] QString rollbackLengthWords(const models::RollbackPlan& plan,
                                          const models::RollbackEstimate& estimate);

/// "portal goes back to v1.4.0.", and of which services nobody knows to what; empty where the run
/// was about none. target: of the way back.
[[nodiscard]] QString rollbackTargetWords(const models::Target& target);

} // namespace ui
