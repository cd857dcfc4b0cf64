// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace models {

/// The words of one simple command, quotes left on, without redirections being understood.
using ShellWords = std::vector<std::string_view>;

/// A logical line of shell text: continuation lines, quotes and here-documents over several lines
/// belong to the line that opens them.
struct ShellLine {
    std::string_view text; ///< with its line breaks, without the last one
    int line = 0;          ///< of its first line, 0 is the text's first
    bool isBlank = false;
    bool isComment = false;
};

/// Splits shell text into logical lines. A reading aid, not a shell: it errs on the side of longer
/// lines where quotes are left open.
[[nodiscard]] std::vector<ShellLine> shellLines(std::string_view text);

/// The simple commands of a logical line, parted by ; | & and && and ||. Comments are left out.
/// A command that ends with a lone "&" is put in the background; its words end with "&".
[[nodiscard]] std::vector<ShellWords> simpleCommands(std::string_view line);

/// The first word that is a program: behind sudo, env, time, nohup and assignments. Nothing where
/// there is none. `index` is set to its place.
[[nodiscard]] std::string_view programOf(const ShellWords& words, std::size_t& index);

/// NAME of "NAME=value", else empty.
[[nodiscard]] std::string_view assignedName(std::string_view word);

} // namespace models
