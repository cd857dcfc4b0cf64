// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace app {

/// The whole program: chooses the window or a command by the arguments. Returns the exit status:
/// 0 good, 1 what was checked fell short, 2 unusable input. front: stands in for the window until
/// that is painted, and is closed then; nullptr: nothing does. Makes the application where there is
/// none.
int runCommandLine(int argc, char** argv, QWidget* front);

} // namespace app
