// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

namespace models {

/// Makes the steps: walks the document's blocks in order and applies rules 3 to 9 and 13.
void readSteps(ParseContext& context);

} // namespace models
