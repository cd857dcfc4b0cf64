// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace app {

/// "gantry approve REQUEST": signs what was asked and prints it, to be sent back.
[[nodiscard]] int approveCommand(const QStringList& arguments);
/// "gantry hand-over RUN FILE --to NAME": gives a run to a colleague's console.
[[nodiscard]] int handOverCommand(const QStringList& arguments);
/// "gantry take-over FILE": drives such a run here.
[[nodiscard]] int takeOverCommand(const QStringList& arguments);

} // namespace app
