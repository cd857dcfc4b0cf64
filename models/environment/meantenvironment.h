// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

namespace models {

/// The workspace's environment that a document or a person means by a name: the one of that name,
/// else one whose name differs in case or in blanks around it alone. Taken as an environment of its
/// own, such a name would be one without protection, approvals and freezes. Null where there is
/// none.
[[nodiscard]] const Environment* meantEnvironment(const Workspace& workspace, const QString& name);

/// How gantry.yaml writes the environment that is meant; empty: just so, or there is none.
[[nodiscard]] QString misspeltEnvironment(const Workspace& workspace, const QString& name);

/// What is wrong with a run that was begun under such a name; goes on after "This run". meant: how
/// gantry.yaml writes it.
[[nodiscard]] QString misspeltRunWords(const QString& name, const QString& meant);

} // namespace models
