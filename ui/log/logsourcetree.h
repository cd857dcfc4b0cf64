// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"
#include "ui/log/logsourcerow.h"

namespace ui {

/// What the tree of log sources is made from.
struct LogSourceInput {
    models::Environment environment;
    QList<app::ContainerList> lists;   ///< of the places that are looked at
    QList<app::LogFollower::Log> logs; ///< that are kept
    QList<quint64> shown;              ///< numbers of those in the pane, in its order
};

/// The services of the workspace with the logs that it names, then what was found at each place and
/// is not among those, by Compose project, then commands and files that a person opened. Each
/// container and each kept log is there once. Pure.
[[nodiscard]] QList<LogSourceNode> logSourceTree(const LogSourceInput& input);

} // namespace ui
