// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSet>

#include <string_view>
#include <vector>

namespace models {

/// What stands in a command for something that somebody has to fill in.
struct Placeholder {
    enum class Form {
        Angle,    ///< <version>: the name is "version"
        Braces,   ///< {{version}}: the name is "version"
        Word,     ///< your-project, YOUR_KEY, X.Y.Z, XXX, /path/to/file: the name is the text
        Variable, ///< $VERSION or ${VERSION}: the name is "VERSION"
    };
    Form form = Form::Word;
    std::string_view name;  ///< into the text that was searched
    std::size_t offset = 0; ///< of the first byte in that text
    std::size_t length = 0; ///< in bytes
};

/// The placeholders of a shell text in order. Nothing inside single quotes or comments; variables
/// with a default (${X:-y}), shell parameters ($1, $?) and what every shell has (HOME, PATH) are
/// none. Variables that are assigned further up in the same text are left out.
///
/// `known` are the variables that have a value already; names that the text assigns are added.
[[nodiscard]] std::vector<Placeholder> findPlaceholders(std::string_view text,
                                                        QSet<QByteArray>& known);

} // namespace models
