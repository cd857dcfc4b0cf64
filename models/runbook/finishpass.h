// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

namespace models {

/// Gives the steps their ids, makes the counts and puts the diagnostics in order.
void finish(ParseContext& context);

} // namespace models
