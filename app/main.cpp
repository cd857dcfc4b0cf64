// SPDX-License-Identifier: GPL-3.0-or-later
// Shows what was seen last, then loads the program. A command, and what is named to be opened, has
// nothing to do with what was seen last.
#include "app/console.h"
#include "ui/front/front.h"

#include <cstdio>
#include <dlfcn.h>
#include <optional>

namespace {

constexpr int exitUnusable = 2;

/// nullptr: dlerror() says why.
app::ConsoleMain* loadConsole() {
    void* const library = dlopen(app::consoleLibrary, RTLD_LAZY);
    if (library == nullptr)
        return nullptr;
    return reinterpret_cast<app::ConsoleMain*>(dlsym(library, app::consoleEntry));
}

} // namespace

int main(int argc, char** argv) {
    std::optional<ui::Front> front;
    if (argc == 1)
        front.emplace(argc, argv);
    app::ConsoleMain* const console = loadConsole();
    if (console == nullptr) {
        std::fprintf(stderr, "Gantry is not installed whole: %s. Install it again.\n", dlerror());
        return exitUnusable;
    }
    return console(argc, argv, front ? front->window() : nullptr);
}
