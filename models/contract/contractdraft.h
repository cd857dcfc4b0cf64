// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

namespace models {

/// The variables that a document's table speaks of, as a `contract` to be put into gantry.yaml.
/// What is understood of a requirement becomes a key; the requirement itself stays behind it as a
/// comment, because the rest of it is for a person.
[[nodiscard]] QString contractDraft(const QList<ContractVariable>& variables);

} // namespace models
