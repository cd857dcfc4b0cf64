// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/environment/yaml.h"
#include "models/runbook/runbook.h"

namespace models {

/// The "severity" of a risk or a trigger: info, warn or error, empty where none is written. Any
/// other word is reported, and counts as error.
[[nodiscard]] QString readSeverity(const YamlNode& node, const QString& what,
                                   Diagnostics& diagnostics);

/// The risks of a workspace; none where node is nullptr. The status of each is its severity.
[[nodiscard]] QList<Risk> readRisks(const YamlNode* node, Diagnostics& diagnostics);

} // namespace models
