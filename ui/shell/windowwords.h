// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace models {
struct Environment;
struct RunState;
} // namespace models

namespace ui {

/// Where the commands of this environment run, for the status line. What is true of every
/// environment in this version: commands have no way to a host. Empty without an environment.
[[nodiscard]] QString placeWords(const models::Environment* environment);

/// Titles of the steps of this run whose command is under way.
[[nodiscard]] QStringList stepsUnderWay(const models::RunState* run);

} // namespace ui
