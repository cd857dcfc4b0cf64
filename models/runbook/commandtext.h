// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/shellwords.h"

#include <string_view>

namespace models {

/// Of a fence's label, in any case: one of those that run and that "shell_blocks" counts.
[[nodiscard]] bool isShellLabel(std::string_view label);

/// What is known beforehand of a piece of shell text.
struct CommandTraits {
    bool streaming = false;
    bool destructive = false;
    bool needsTerminal = false;
    int commands = 0;    ///< logical lines that do something; assignments and comments do not
    int assignments = 0; ///< logical lines that are nothing but KEY=value
};

/// Reads rules 13 and 14 and contracts part 2 off the words of each simple command.
[[nodiscard]] CommandTraits commandTraits(const ShellLines& lines);

/// The line starts with a program that deployment documents call, or with one's path.
[[nodiscard]] bool startsWithTool(std::string_view line);

/// Where a line that starts with a tool goes over into prose ("x downgrade -1 (one step back)."):
/// the length of the command in front of it. The line's length where all of it is a command.
[[nodiscard]] std::size_t commandLength(std::string_view line);

} // namespace models
