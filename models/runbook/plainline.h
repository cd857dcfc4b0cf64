// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVarLengthArray>

#include <string_view>

namespace models {

/// No character of the text means anything to Markdown inside a paragraph: it is what it shows.
[[nodiscard]] bool isWithoutMarkup(std::string_view text);

/// A piece of a line between marks.
struct LineRun {
    std::string_view text;
    bool isCode = false;
    bool isBold = false;
};
using LineRuns = QVarLengthArray<LineRun, 16>;

/// Reads a paragraph's line whose only mark-up is code between single backticks and bold between
/// pairs of asterisks that stand at words' ends, which most lines with mark-up are. They need no
/// walk through the library's tree, whose nodes lie far apart. False where the line may hold other
/// mark-up, or a mark of which the other half is missing; `runs` is to be forgotten then.
[[nodiscard]] bool readLineRuns(std::string_view line, LineRuns& runs);

} // namespace models
