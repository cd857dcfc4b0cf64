// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/partreader.h"
#include "models/environment/service.h"

#include <optional>

namespace models {

/// Takes `contract` and `env_from` of a service, out of a tree that was checked against the schema.
/// What cannot be checked is reported and left out. The service's container is known.
void readContract(const YamlNode& node, const PlacesOf& placesOf, Service& service,
                  Diagnostics& diagnostics);

/// One rule under `isolation`; nothing where it says nothing that can be compared, which is
/// reported. environments: of the workspace.
[[nodiscard]] std::optional<IsolationRule>
readIsolationRule(const YamlNode& node, const QStringList& environments, Diagnostics& diagnostics);

} // namespace models
