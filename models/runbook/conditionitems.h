// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

namespace models {

/// Makes conditions of an item of triggers or criteria: of its leaves, where it holds a list.
void addConditions(ParseContext& context, int item, int section);

/// Makes a condition of a text that compares a number ("success rate > 95%"), outside reference.
void addThreshold(ParseContext& context, std::string_view text, int line, int section);

/// "✅ …" lines under success criteria: what must be true in the end, not what was done. False
/// where the paragraph is none.
[[nodiscard]] bool readCriteria(ParseContext& context, std::string_view text, int line,
                                int section);

} // namespace models
