// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace models {

/// The keys of gantry.yaml as a JSON Schema (draft 2020-12), by which editors complete them and
/// mark mistakes. It knows the shapes alone: what names refer to, and conditions, are for `gantry
/// check`.
[[nodiscard]] QByteArray workspaceJsonSchema();

} // namespace models
