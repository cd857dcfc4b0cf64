// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/golive/rollbackcheck.h"
#include "app/golive/runwatch.h"
#include "app/preflight/preflightservice.h"
#include "app/workspace/openworkspaces.h"

namespace tests {

/// Has every workspace that is opened from now on attended to, as the program does.
inline void attendAll(app::OpenWorkspaces& open, app::RunWatch& watch,
                      app::PreflightService& preflight, app::RollbackCheck* check = nullptr) {
    QObject::connect(&open, &app::OpenWorkspaces::added, &watch,
                     [&watch, &preflight, check](app::OpenWorkspace* workspace) {
                         watch.attend(workspace->watch());
                         preflight.attend(workspace->contracts(), workspace->versions());
                         if (check != nullptr)
                             check->attend(workspace->versions(), workspace->health());
                     });
}

} // namespace tests
