// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/sourcetext.h"

#include <string>

namespace models {

/// A document's text with its structure mended, line for line (rule 2).
struct RecoveredText {
    std::string text; ///< empty where nothing was mended
    bool lostHeadings = false;
    Diagnostics diagnostics; ///< say what to write instead
};

/// Mends delimiter rows of tables whose number of columns is wrong, and headings that were pasted
/// without "#": short Title-Case lines without a full stop in a document that has no heading.
/// Looks at the lines from `firstLine` on, and returns text that starts there.
[[nodiscard]] RecoveredText recoverStructure(const SourceText& source, int firstLine);

} // namespace models
