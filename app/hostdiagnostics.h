// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ssh/sshconfig.h"
#include "models/environment/workspace.h"

namespace app {

/// What keeps this machine from connecting to the hosts of gantry.yaml as ~/.ssh/config says, as
/// far as it can be known without connecting: destinations that are none (errors), what blocks them
/// (errors), and settings that are not honoured (warnings, each once; those of the whole machine
/// are hints). Lines are those of gantry.yaml; the message names the other file. Reads what
/// surroundings read.
[[nodiscard]] models::Diagnostics hostDiagnostics(const models::Workspace& workspace,
                                                  const SshSurroundings& surroundings);

} // namespace app
