// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

namespace models {

/// What the items of a list are, check boxes apart: those are always steps.
enum class ListRole {
    Steps,
    Notes,
    Conditions, ///< of a section of triggers or criteria
    Risks,
};

/// Decides by section, lead-in and the items' wording (rules 5 and 6; contracts part 8).
/// `leadIn` is what the paragraph in front of the list is about.
[[nodiscard]] ListRole roleOfList(const ParseContext& context, int list, int section,
                                  vocabulary::Purpose leadIn);

/// The number that an item has in the source, -1 for a bullet.
[[nodiscard]] int numberOfItem(const ParseContext& context, int item);

} // namespace models
