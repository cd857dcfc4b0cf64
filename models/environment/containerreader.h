// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/container/containername.h"
#include "models/core/diagnostic.h"
#include "models/environment/yaml.h"

#include <optional>

namespace models {

/// Whether a text can be a word on a command line at a host, and never an option; reports it where
/// it cannot. what: "a container".
[[nodiscard]] bool checkWord(const YamlNode& node, const QString& what, Diagnostics& diagnostics);

/// What `container` or `compose` of a node names; nothing where there is neither, or where it is
/// reported. service: the Compose service where none is named.
[[nodiscard]] std::optional<ContainerName>
readContainerName(const YamlNode& node, const QString& service, Diagnostics& diagnostics);

} // namespace models
