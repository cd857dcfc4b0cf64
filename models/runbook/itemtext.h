// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/annotations.h"
#include "models/runbook/parsecontext.h"

#include <string>
#include <vector>

namespace models {

/// The text of a paragraph, taken apart as an item's title.
struct ItemText {
    std::string title; ///< plain, on one line, without comments
    std::vector<Annotation> annotations;
    std::string code;        ///< the first run of inline code
    std::string link;        ///< address of the first link
    bool isOnlyCode = false; ///< nothing but one run of inline code, a full stop apart
    bool isOnlyLink = false;
    bool isOnlyStrong = false;   ///< a bold line
    bool hasOpenComment = false; ///< "<!--" that the library did not see as a comment
};

[[nodiscard]] ItemText readItemText(const ParseContext& context, int paragraph);

/// The text of the paragraph that an item begins with; empty where it begins with something else.
[[nodiscard]] ItemText readTitle(const ParseContext& context, int item);

} // namespace models
