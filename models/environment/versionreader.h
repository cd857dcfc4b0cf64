// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/partreader.h"
#include "models/environment/service.h"

namespace models {

/// Takes `version`, `expected` and `source` of a service, out of a tree that was checked against
/// the schema. What cannot be looked up is reported and left out. The service's container is known.
void readVersion(const YamlNode& node, const PlacesOf& placesOf, Service& service,
                 Diagnostics& diagnostics);

} // namespace models
