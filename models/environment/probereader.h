// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/partreader.h"
#include "models/health/probe.h"
#include "models/health/probehealth.h"

namespace models {

/// The probes under `health` of a service, out of a tree that was checked against the schema. What
/// cannot be probed is reported and left out.
[[nodiscard]] QList<Probe> readProbes(const YamlNode& service, const PlacesOf& placesOf,
                                      Diagnostics& diagnostics);

/// The windows of time under a key of an environment: `maintenance`, `freeze`.
[[nodiscard]] QList<Maintenance> readWindows(const YamlNode& environment, QStringView key,
                                             Diagnostics& diagnostics);

} // namespace models
