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
    std::string_view address = {}; ///< of a link; empty in other text
};
using LineRuns = QVarLengthArray<LineRun, 16>;

/// Reads a paragraph's line whose only mark-up is code between single backticks, bold between pairs
/// of asterisks that stand at words' ends, and links with plain text and a plain address, which
/// most lines with mark-up are. The library need not read them, nor its nodes be walked. False
/// where the line may hold other mark-up, or a mark of which the other half is missing; `runs` is
/// to be forgotten then.
[[nodiscard]] bool readLineRuns(std::string_view line, LineRuns& runs);

} // namespace models
