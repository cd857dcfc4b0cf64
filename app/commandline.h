// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace app {

/// The whole program: chooses the window or a command by the arguments. Returns the exit status:
/// 0 good, 1 what was checked fell short, 2 unusable input.
int runCommandLine(int argc, char** argv);

} // namespace app
