// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/environment/workspace.h"

#include <QMap>
#include <QString>

namespace models {

/// A command of a log with what a step would have been given.
struct LogCommand {
    QString text;                     ///< its placeholders are values
    QMap<QString, QString> variables; ///< to be exported before it
};

/// The environment as its steps know it: with the variables of the workspace that it does not name
/// itself, and without those that are secrets.
[[nodiscard]] Environment withVariables(const Workspace& workspace, const Environment& environment);

/// Fills in a command of `logs:` from the variables of the environment, quoted as in a step.
/// Refused where something that has to be filled in has no value. What the shell knows by $NAME
/// stays the shell's.
[[nodiscard]] Result<LogCommand> fillLogCommand(const Environment& environment,
                                                const QString& command);

} // namespace models
