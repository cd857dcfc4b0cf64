// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/annotations.h"
#include "models/runbook/parsecontext.h"

#include <QVarLengthArray>

#include <string_view>
#include <vector>

namespace models {

/// Room for a title: items are many, and asking for memory costs more than reading one.
using TitleBuffer = QVarLengthArray<char, 256>;

/// The text of a paragraph, taken apart as an item's title. Its texts live as long as the source,
/// the tree and the buffer that it was read with.
struct ItemText {
    std::string_view title; ///< plain, on one line, without comments
    std::vector<Annotation> annotations;
    std::string_view code;   ///< the first run of inline code
    std::string_view link;   ///< address of the first link
    bool isOnlyCode = false; ///< nothing but one run of inline code, a full stop apart
    bool isOnlyLink = false;
    bool isOnlyStrong = false;   ///< a bold line
    bool hasOpenComment = false; ///< "<!--" that the library did not see as a comment
};

[[nodiscard]] ItemText readItemText(const ParseContext& context, int paragraph,
                                    TitleBuffer& buffer);

/// The text of the paragraph that an item begins with; empty where it begins with something else.
[[nodiscard]] ItemText readTitle(const ParseContext& context, int item, TitleBuffer& buffer);

} // namespace models
