// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logsource.h"
#include "models/environment/workspace.h"

#include <QList>

namespace app {

/// The host that a name of gantry.yaml means; without an ssh name for "local", which is this
/// machine. Nothing where the environment has none of that name.
[[nodiscard]] std::optional<models::Host> hostNamed(const models::Environment& environment,
                                                    const QString& name);
/// This machine, as logs know it: by the one name, without an ssh name.
[[nodiscard]] models::Host thisMachine();

/// What the log that a workspace names is at each of its places, a command filled in from the
/// variables of the environment. A file is followed by its name,
/// and a unit of the system's journal from the newest lines on, each by a command.
[[nodiscard]] QList<LogSource> logSources(const models::Environment& environment,
                                          const models::ServiceLog& log);

} // namespace app
