// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/parsecontext.h"

#include <optional>
#include <string_view>
#include <vector>

namespace models {

/// One line of a paragraph in a document without fences (contracts part 8, "Documents without
/// fences").
struct ProseLine {
    enum class Kind {
        Text,
        Command,     ///< starts with a known tool
        Http,        ///< "GET /healthz"
        Expectation, ///< "→ expected: …", or the JSON below an Http line
    };
    Kind kind = Kind::Text;
    std::string_view title;    ///< the line as written, without marker
    std::string_view text;     ///< the command, or what is expected
    std::string_view expected; ///< of an Http line: what stands behind its arrow
    std::optional<HttpRequest> http;
    bool isWhole = true; ///< false where prose follows the command: never run as it stands
    int number = 1;
};

/// Sorts the source lines of a paragraph. Views point into the source.
[[nodiscard]] std::vector<ProseLine> proseLines(const ParseContext& context, int paragraph);

} // namespace models
