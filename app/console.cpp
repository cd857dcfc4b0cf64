// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console.h"

#include "app/commandline.h"

int gantryConsole(int argc, char** argv, QWidget* front) {
    return app::runCommandLine(argc, argv, front);
}
