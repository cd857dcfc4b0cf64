// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace app {

/// The library that has all of the program but its front, and what is called in it.
inline constexpr char consoleLibrary[] = "libgantry-console.so";
inline constexpr char consoleEntry[] = "gantryConsole";
using ConsoleMain = int(int argc, char** argv, QWidget* front);

} // namespace app

/// app::runCommandLine(), by a name that can be looked up.
extern "C" app::ConsoleMain gantryConsole;
