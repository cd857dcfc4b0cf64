// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

namespace app {

/// A workspace as read, and the folders in which a change can alter it.
struct ReadWorkspace {
    models::Workspace workspace;
    QStringList folders; ///< absolute
};

/// Reads a folder, a gantry.yaml or a Markdown file. A document that the nearest gantry.yaml above
/// it lists, of the same owner, is read as that workspace; another one is alone. Blocks;
/// thread-safe; executes nothing.
[[nodiscard]] models::Result<ReadWorkspace> readWorkspace(const QString& path);

/// What the gantry.yaml of a folder says, without its runbooks, and so without a hash to trust it
/// by; a folder without one is its one environment. What a document belongs to says only all of it,
/// which is read then. Blocks; thread-safe.
[[nodiscard]] models::Result<models::Workspace> outlineWorkspace(const QString& path);

} // namespace app
