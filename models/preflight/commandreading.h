// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/preflight/preflightline.h"
#include "models/run/runstate.h"

namespace models {

/// A variable or secret that commands ask for and that has no value.
struct MissingValue {
    QString name;
    int firstUse = -1; ///< plan index of the first step that asks for it
    bool isSecret = false;
};

/// What the steps that run something, of the main lane and of the rollback lane, come to as the run
/// stands. A value.
struct CommandReading {
    int resolved = 0;                  ///< commands that are known as they will run
    std::vector<PreflightLine> lines;  ///< about those that are not
    QStringList hosts;                 ///< where they run, in the order of the document
    std::vector<MissingValue> missing; ///< likewise, each name once
};

[[nodiscard]] CommandReading readCommands(const RunState& state);

} // namespace models
