// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/plan.h"

#include <QString>

namespace ui {

/// The Markdown between a section's heading and the next one; before the first heading for -1.
/// Empty for a section of another document.
[[nodiscard]] QString sectionText(const models::Plan& plan, int section);

} // namespace ui
