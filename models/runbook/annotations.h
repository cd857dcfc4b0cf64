// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

#include <optional>

namespace models {

/// One "<!-- key: value -->" or "<!-- key -->".
struct Annotation {
    QString key;
    QString value; ///< "true" where the comment is nothing but the key
};

/// Nothing where the comment is only a comment. `comment` is with its brackets.
[[nodiscard]] std::optional<Annotation> annotationFromComment(std::string_view comment);

/// Of the comment behind a heading's text, in the heading's source line; nothing where it has none.
/// "Wave 1", "Wave 2: beta" and the like are waves of their own title without one.
[[nodiscard]] std::optional<WaveRule> waveOfHeading(ParseContext& context, int line,
                                                    const QString& title);

/// Reads the JSON behind a fence's label, from the source line that opens the fence: the library
/// resolves escapes in its own copy. Problems become diagnostics.
[[nodiscard]] Options optionsFromFence(ParseContext& context, int line);

/// Makes the annotation part of the step: its kind, condition, approval, request or option.
void annotate(ParseContext& context, Step& step, const Annotation& annotation, int line);

/// Reports values that an option cannot have.
void checkOptions(ParseContext& context, const Options& options, int line);

} // namespace models
