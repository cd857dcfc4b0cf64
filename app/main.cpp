// SPDX-License-Identifier: GPL-3.0-or-later
// Shows what was seen last, then loads the program. A command, and what is named to be opened, has
// nothing to do with what was seen last.
#include "app/console.h"
#include "ui/front/front.h"

#include <cstdio>
#include <dlfcn.h>
#include <filesystem>
#include <optional>

namespace {

constexpr int exitUnusable = 2;

/// Where an installation has it, else beside the executable, as a build does. The search path of an
/// executable is not that of every dlopen(): a sanitizer stands between.
std::filesystem::path consolePath() {
    std::error_code error;
    const std::filesystem::path folder =
        std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    std::filesystem::path installed = folder / GANTRY_CONSOLE_FOLDER / app::consoleLibrary;
    return std::filesystem::exists(installed, error) ? installed : folder / app::consoleLibrary;
}

/// nullptr: dlerror() says why.
app::ConsoleMain* loadConsole() {
    void* const library = dlopen(consolePath().c_str(), RTLD_LAZY);
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
