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
    // Words that make a heading or lead-in something else, alone or with a neighbour.
    Condition = 1 << 12, ///< of when to roll back
    Triggers = 1 << 13,
    Criteria = 1 << 14,
    Paired = 1 << 15, ///< says something together with the word before or behind it
    // Programs by what they do with the terminal.
    Server = 1 << 16,
    SiteServer = 1 << 17,   ///< serves with "server" or "serve"
    ScriptRunner = 1 << 18, ///< of a package's scripts
    LogReader = 1 << 19,
    Container = 1 << 20,
    Cluster = 1 << 21,
    Interpreter = 1 << 22, ///< asks for input where it has no operand
    FullScreen = 1 << 23,
    Harmless = 1 << 24, ///< whatever its arguments are
    // Arguments.
    FollowOption = 1 << 25,
    LogVerb = 1 << 26,
    InsideVerb = 1 << 27, ///< runs something inside a container
};

/// Of a word in lower case: a set of Table, 0 where it stands in none.
[[nodiscard]] unsigned tablesOf(std::string_view word);
/// Of a word of a command line, where case counts: only what is destructive is so in any case.
[[nodiscard]] unsigned tablesOfArgument(std::string_view word);

} // namespace models::vocabulary
