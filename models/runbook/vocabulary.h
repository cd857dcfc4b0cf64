// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace models::vocabulary {

// The words that the mapping rules go by, all in one place. Everything here takes UTF-8, ignores
// the case of ASCII letters, and allocates nothing unless it says so.

/// What a heading or a lead-in says about what stands under it.
enum class Purpose : std::uint8_t {
    Unclear,
    Doing,     ///< set-up, deploy, verify, checklist, "Step 3", an imperative …
    Rollback,  ///< opens the rollback lane
    Trigger,   ///< when to roll back: its items are conditions
    Criteria,  ///< when the whole counts as done: its items are conditions
    Reference, ///< overview, baseline, naming, related, troubleshooting …
    History,   ///< what was done, dated entries
    Risks,     ///< known gaps and limits
};

struct Heading {
    Purpose purpose = Purpose::Unclear;
    bool mentionsRollback = false;
    /// The environment that it names and nothing else ("Prod", "Staging environment"), else empty.
    std::string_view environment;
    std::size_t firstWord = 0; ///< std::hash of its first word that is no number, in lower case
};

[[nodiscard]] Heading readHeading(std::string_view heading);
/// Of a line such as "Rules:" in front of a list; Unclear for most.
[[nodiscard]] Purpose purposeOfLeadIn(std::string_view line);
/// The document's title says that all of it is a rollback.
[[nodiscard]] bool isRollbackTitle(std::string_view title);

/// An environment's name as one word, in its short form: "production" is "prod".
[[nodiscard]] std::string_view environmentFromWord(std::string_view word);

/// Urgent, stop and do-not-proceed wording of headings, steps and paragraphs.
[[nodiscard]] bool isUrgent(std::string_view text);
[[nodiscard]] bool isStop(std::string_view text);
[[nodiscard]] bool isSignOff(std::string_view text);

/// The first word is a verb that tells somebody to do something.
[[nodiscard]] bool startsImperatively(std::string_view text);
/// The first word is Run, Execute, Verify, Check and the like: inline code behind it is to be run.
[[nodiscard]] bool startsWithRunVerb(std::string_view text);

/// "Run the smoke tests", "Follow release.md": what stands behind may be a section or a runbook.
[[nodiscard]] bool asksToRun(std::string_view text);

/// A program that deployment documents call; `word` is the command's first word, without a path.
[[nodiscard]] bool isKnownTool(std::string_view word);

/// "Or", "Option 2:", "Alternatively, …" at the start: another way to do the same.
[[nodiscard]] bool opensChoice(std::string_view text);

/// A number compared with something: "success rate > 95%", "Error rates above 10%".
[[nodiscard]] bool isThreshold(std::string_view text);

/// Lower-case words of a text, without numbering, punctuation and emoji. Allocates.
[[nodiscard]] std::vector<std::string> words(std::string_view text);

} // namespace models::vocabulary
