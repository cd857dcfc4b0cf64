// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace models::vocabulary {

/// The tables that a word stands in, as bits: nearly every word of a document is looked up in
/// several of them.
enum Table : unsigned {
    Doing = 1,
    Reference = 2,
    History = 4,
    Finished = 8,
    Risk = 16,
    Rollback = 32,
    ReferenceLeadIn = 64,
    Imperative = 128,
    Adverb = 256,
    RunVerb = 512,
    Tool = 1024,
    Destructive = 2048,
};

/// Of a word in lower case: a set of Table, 0 where it stands in none.
[[nodiscard]] unsigned tablesOf(std::string_view word);

} // namespace models::vocabulary
