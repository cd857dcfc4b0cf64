// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/environment/yaml.h"
#include "models/runbook/runbook.h"

namespace models {

/// The risks of a workspace; none where node is nullptr. The status of each is its severity: info,
/// warn or error, empty where none is written. Any other word is reported, and counts as error.
[[nodiscard]] QList<Risk> readRisks(const YamlNode* node, Diagnostics& diagnostics);

} // namespace models
