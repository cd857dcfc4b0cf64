// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/condition.h"

#include <utility>

namespace models {

/// The tree of a condition and its "for", by the grammar of Condition. What its functions and
/// values are is not looked at.
[[nodiscard]] tl::expected<std::pair<ConditionNode, Sustain>, ConditionError>
parseCondition(const QString& text);

} // namespace models
