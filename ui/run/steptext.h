// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

namespace ui {

/// What the step says apart from its title and from what it runs, as Markdown to show: without the
/// marker of its list item, without the line that is the title, without the fences that are
/// commands or expectations, and with the item's continuation set to the left. Empty where nothing
/// is left.
[[nodiscard]] QString stepText(const models::Step& step);

} // namespace ui
