// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/partreader.h"
#include "models/health/probe.h"

namespace models {

/// The probes under `health` of a service, out of a tree that was checked against the schema. What
/// cannot be probed is reported and left out.
[[nodiscard]] QList<Probe> readProbes(const YamlNode& service, const PlacesOf& placesOf,
                                      Diagnostics& diagnostics);

} // namespace models
