// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"
#include "models/environment/yaml.h"

namespace models {

/// `sla` and `baseline` of a service: "sla.p95" → 0.5 s. What is no number with a unit was reported
/// by the schema.
[[nodiscard]] QMap<QString, Quantity> readReferences(const YamlNode& service);

/// Fills in `prometheus`, `metrics` and `triggers` of an environment, out of a tree that was
/// checked against the schema. What cannot be asked is reported and left out. Its hosts are known
/// already.
void readObserved(const YamlNode& node, const QList<LogClass>& logClasses, Environment& environment,
                  Diagnostics& diagnostics);

} // namespace models
