// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

namespace models {

/// Makes a section of every heading, with its lane and environment, and the document's title and
/// kind (rules 11 and 12; contracts part 8, "document kind" and "lane of the section").
void readSections(ParseContext& context);

/// Reports sections without any content.
void reportEmptySections(ParseContext& context);

} // namespace models
