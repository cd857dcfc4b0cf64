// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"
#include "models/environment/yaml.h"

namespace models {

/// Whether the environment has the host that the node names, or it is this machine; reports it
/// where it has not.
[[nodiscard]] bool checkHost(const YamlNode& node, const Environment& environment,
                             Diagnostics& diagnostics);

/// What "on" of the node names: nothing where it is not there, empty where it is reported.
[[nodiscard]] std::optional<QString>
namedPlace(const YamlNode& node, const Environment& environment, Diagnostics& diagnostics);

/// Reports a name that is none of those that are known, with the one that was meant.
void reportUnknownName(const YamlNode& node, const QString& what, const QString& name,
                       const QStringList& known, Diagnostics& diagnostics);

/// Takes a service out of a tree that was checked against the schema. What cannot be followed or
/// run is reported and left out. environment: its hosts and default host are known already.
[[nodiscard]] Service readService(const YamlNode& node, const Environment& environment,
                                  Diagnostics& diagnostics);

} // namespace models
