// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <optional>
#include <string_view>

namespace models {

/// Sorts an expected text into the forms that can be asserted (rule 9); everything else is Manual.
[[nodiscard]] Expectation classifyExpectation(std::string_view text, int line);

/// What stands behind "Expected:", "→ expected:", "Expected output:", "Should return" and the like
/// at the start of a comment or line, mark included or not. Nothing where the text is none; an
/// empty text where what is expected follows in a list, fence or on the next lines.
[[nodiscard]] std::optional<std::string_view> expectedPart(std::string_view line);

/// The offset of an arrow ("→" or "->") with blanks around it, npos where there is none.
[[nodiscard]] std::size_t findArrow(std::string_view line);
/// What stands behind an arrow found at `offset`.
[[nodiscard]] std::string_view behindArrow(std::string_view line, std::size_t offset);

} // namespace models
