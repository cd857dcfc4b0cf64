// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"
#include "models/environment/yaml.h"

namespace models {

/// Takes `gates`, `watch` and `auto_rollback` out of an environment that was checked against the
/// schema; what no schema can say is reported. Its services and metrics are known already.
void readGoLive(const YamlNode& node, const QList<LogClass>& logClasses, Environment& environment,
                Diagnostics& diagnostics);

} // namespace models
