// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/schema.h"

namespace models {

/// The keys of gantry.yaml, version 1.
[[nodiscard]] const Schema& workspaceSchema();
/// Those of one environment.
[[nodiscard]] const Schema& environmentSchema();
/// What the runtime of a host can be; "none": it has no containers.
[[nodiscard]] std::span<const QLatin1String> containerRuntimes();
/// Every schema of the file, to say where a misplaced key belongs.
[[nodiscard]] std::span<const Schema* const> workspaceSchemas();

} // namespace models
