// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/diagnostic.h"
#include "models/environment/yaml.h"
#include "models/health/probe.h"
#include "models/health/probehealth.h"

#include <functional>

namespace models {

/// Where a command of this node runs; reports it where nothing says so.
using PlacesOf = std::function<QStringList(const YamlNode& node)>;

/// The probes under `health` of a service, out of a tree that was checked against the schema. What
/// cannot be probed is reported and left out.
[[nodiscard]] QList<Probe> readProbes(const YamlNode& service, const PlacesOf& placesOf,
                                      Diagnostics& diagnostics);

/// The windows of time under a key of an environment: `maintenance`, `freeze`.
[[nodiscard]] QList<Maintenance> readWindows(const YamlNode& environment, QStringView key,
                                             Diagnostics& diagnostics);

} // namespace models
