// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

namespace models {

/// What a table's row says that is a step.
struct TableStep {
    std::string title;
    QString owner;
    bool wasChecked = false;
    int line = 1;
};

/// Reads one table (rule 7; contracts part 8): contract, risks and conditions go into the book, and
/// the rows that are steps come back. `section` is the section that the table stands in.
[[nodiscard]] std::vector<TableStep> readTable(ParseContext& context, int table, int section);

} // namespace models
