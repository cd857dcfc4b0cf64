// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/rollbackplan.h"

namespace ui {

/// "Undoes “Start the portal” · web-1"; what stands under the title of a step of the way back.
[[nodiscard]] QString rollbackItemWords(const models::RollbackItem& item);

/// "3 steps, about 12 s; for 2 of them nobody knows how long they take"
[[nodiscard]] QString rollbackLengthWords(const models::RollbackPlan& plan,
                                          const models::RollbackEstimate& estimate);

} // namespace ui
