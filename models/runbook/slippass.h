// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

namespace models {

/// Reports what was meant as a check box and is none: "-[ ]", "- []", "* [ ]text".
void reportSlips(ParseContext& context);

/// Tells lists that are written in HTML, of which nothing becomes a step.
void reportHtmlLists(ParseContext& context);

} // namespace models
