// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

#include <QSet>

namespace models {

/// Finds the placeholders of every step and reports variables that nothing gives a value
/// (rule 10). Variables that a step further up assigns have one; of those in `given`, nothing is
/// said.
void readPlaceholders(ParseContext& context, const QSet<QString>& given);

/// Turns links and "Run smoke tests" into references to sections and runbooks, and reports inverses
/// that are missing or go round in circles (contracts parts 5 and 6).
void resolveReferences(ParseContext& context);

} // namespace models
