// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/vocabulary.h"

#include "models/runbook/lexicon.h"
#include "models/runbook/sourcetext.h"
#include "models/runbook/wordlist.h"

#include <algorithm>
#include <array>
#include <functional>

namespace models::vocabulary {

namespace {

using Word = std::string_view;

struct Environment {
    Word word;
    Word name;
};
constexpr std::array environments = std::to_array<Environment>({
    {"dev", "dev"},
    {"development", "dev"},
    {"prod", "prod"},
    {"production", "prod"},
    {"staging", "staging"},
    {"stage", "staging"},
    {"test", "test"},
    {"qa", "qa"},
    {"uat", "uat"},
    {"integration", "integration"},
    {"preprod", "preprod"},
    {"sandbox", "sandbox"},
    {"local", "local"},
    {"canary", "canary"},
});

/// Words with what they stand in, all together.
struct TaggedWords : WordList {
    unsigned anywhere;

    explicit TaggedWords(std::string_view text)
        : WordList(text)
        , anywhere(tables()) {}

    [[nodiscard]] bool isIn(unsigned table) const { return (anywhere & table) != 0; }
    /// Of words of which one is in pairedWords.
    [[nodiscard]] bool hasPair(Word first, Word second) const {
        return isIn(Paired) && WordList::hasPair(first, second);
    }
};

bool isRollback(const TaggedWords& heading) {
    return heading.isIn(Rollback) || heading.hasPair("roll", "back") ||
           heading.hasPair("rolling", "back") || heading.hasPair("back", "out");
}

/// "2025-12-29 …" is an entry of a log.
bool startsWithDate(std::string_view text) {
    const auto digits = [&](std::size_t from, std::size_t count) {
        return text.size() >= from + count && isNumber(text.substr(from, count));
    };
    return digits(0, 4) && digits(5, 2) && digits(8, 2) && text[4] == '-' && text[7] == '-';
}

Purpose purposeOf(const TaggedWords& list, std::string_view heading) {
    if (startsWithDate(trimmed(heading))) {
        return Purpose::History;
    }
    const Word first = list.first();
    if (list.hasPair("table", "of") || list.hasPair("see", "also") || list.hasPair("where", "we") ||
        list.hasPair("common", "issues") || list.hasPair("known", "issues") ||
        first.substr(0, 4) == "what" || first == "why") {
        return Purpose::Reference;
    }
    if (isRollback(list)) {
        return list.isIn(Condition) ? Purpose::Trigger : Purpose::Rollback;
    }
    if (list.isIn(Triggers)) {
        return Purpose::Trigger;
    }
    if (list.isIn(Criteria) || list.hasPair("considered", "successful")) {
        return Purpose::Criteria;
    }
    if (list.isIn(Risk)) {
        return Purpose::Risks;
    }
    const unsigned opening = tablesOf(first);
    if (list.isIn(History) || (opening & Finished) != 0 || list.hasPair("work", "log") ||
        list.hasPair("change", "log") || list.hasPair("deployment", "log")) {
        return Purpose::History;
    }
    // "Clear compiled template cache" is about doing, "Backup policy" is not: the last word says
    // what a heading is about, unless a verb opens it.
    const bool isAction = (opening & Imperative) != 0 && (opening & Reference) == 0 &&
                          (tablesOf(list.last()) & Reference) == 0;
    if (list.isIn(Reference) && !isAction) {
        return Purpose::Reference;
    }
    if (list.isIn(Doing) || list.hasPair("go", "live") || list.hasPair("set", "up") ||
        (opening & Imperative) != 0) {
        return Purpose::Doing;
    }
    return Purpose::Unclear;
}

/// The environment that a heading names and nothing else.
std::string_view environmentOf(const WordList& list) {
    std::string_view found;
    for (const Word word : list.inOrder()) {
        if (isNumber(word) || word == "environment" || word == "env") {
            continue;
        }
        const std::string_view name = environmentFromWord(word);
        if (name.empty() || !found.empty()) {
            return {};
        }
        found = name;
    }
    return found == "test" || found == "integration" || found == "canary" ? std::string_view()
                                                                          : found;
}

} // namespace

Heading readHeading(std::string_view heading) {
    const TaggedWords list(heading);
    return {purposeOf(list, heading), isRollback(list), environmentOf(list),
            std::hash<Word>()(list.first())};
}

namespace {

/// "If a deployment causes issues:" leads to what is done then, whatever words it is made of.
bool opensClause(Word first) {
    static constexpr auto openers =
        std::to_array<Word>({"after", "before", "if", "once", "to", "unless", "when"});
    return std::find(openers.begin(), openers.end(), first) != openers.end();
}

/// "The workflow then runs:", "What this does:": what a machine does by itself is no step.
bool isNarration(const WordList& list) {
    static constexpr auto openers = std::to_array<Word>({"it", "the", "this", "what"});
    static constexpr auto machines =
        std::to_array<Word>({"action", "actions", "automation", "command", "it", "job", "pipeline",
                             "script", "system", "this", "tool", "workflow"});
    static constexpr auto deeds =
        std::to_array<Word>({"builds", "creates", "deploys", "does", "executes", "performs", "runs",
                             "triggers", "will"});
    const auto hasOneOf = [&list](const auto& words) {
        return std::any_of(words.begin(), words.end(), [&](Word word) { return list.has(word); });
    };
    return std::find(openers.begin(), openers.end(), list.first()) != openers.end() &&
           hasOneOf(machines) && hasOneOf(deeds);
}

} // namespace

Purpose purposeOfLeadIn(std::string_view line) {
    const TaggedWords list(line);
    if (isNarration(list)) {
        return Purpose::Reference;
    }
    if (opensClause(list.first())) {
        return list.isIn(Doing) ? Purpose::Doing : Purpose::Unclear;
    }
    if (list.hasPair("not", "implemented") || list.isIn(ReferenceLeadIn)) {
        return Purpose::Reference;
    }
    if (list.hasPair("considered", "successful") || list.isIn(Criteria)) {
        return Purpose::Criteria;
    }
    return list.isIn(Doing) ? Purpose::Doing : Purpose::Unclear;
}

bool isRollbackTitle(std::string_view title) {
    const TaggedWords list(title);
    return purposeOf(list, title) == Purpose::Rollback && !list.has("deployment");
}

std::string_view environmentFromWord(std::string_view word) {
    for (const Environment& environment : environments) {
        if (environment.word.size() == word.size() &&
            std::equal(word.begin(), word.end(), environment.word.begin(),
                       [](char a, char b) { return lower(a) == b; })) {
            return environment.name;
        }
    }
    return {};
}

bool isUrgent(std::string_view text) {
    const Word opening = text.substr(0, 40);
    return mayHold(opening, "urg") && containsFolded(opening, "urgent");
}

namespace {

/// "Go/no-go" and "GO / NO-GO".
bool asksToGo(std::string_view text) {
    for (std::size_t slash = text.find('/'); slash != Word::npos;
         slash = text.find('/', slash + 1)) {
        const Word before = text.substr(0, slash);
        const Word behind = text.substr(slash + 1);
        if ((endsFolded(before, "go") && startsFolded(behind, "no-go")) ||
            (endsFolded(before, "go ") && startsFolded(behind, " no-go"))) {
            return true;
        }
    }
    return false;
}

} // namespace

bool isStop(std::string_view text) {
    if (text.substr(0, 5) == "STOP " || text.substr(0, 5) == "STOP:" || text == "STOP") {
        return true;
    }
    return asksToGo(text) ||
           (mayHold(text, "cee", "inu") &&
            (containsFolded(text, "do not proceed") || containsFolded(text, "don't proceed") ||
             containsFolded(text, "do not continue")));
}

bool isSignOff(std::string_view text) {
    return mayHold(text, "ign") &&
           (containsFolded(text, "sign-off") || containsFolded(text, "sign off") ||
            containsFolded(text, "signoff"));
}

bool startsImperatively(std::string_view text) {
    const unsigned first = tablesOf(FirstWord(text).word);
    if ((first & Adverb) == 0) {
        return (first & Imperative) != 0;
    }
    const std::size_t blank = text.find(' ');
    return blank != Word::npos && (tablesOf(FirstWord(text.substr(blank)).word) & Imperative) != 0;
}

bool startsWithRunVerb(std::string_view text) {
    return (tablesOf(FirstWord(text).word) & RunVerb) != 0;
}

bool asksToRun(std::string_view text) {
    static constexpr auto verbs =
        std::to_array<Word>({"run", "execute", "perform", "follow", "repeat", "complete", "rerun"});
    const char initial = text.empty() ? '\0' : lower(text.front());
    return std::any_of(verbs.begin(), verbs.end(), [&](Word verb) {
        return verb.front() == initial && text.size() > verb.size() && text[verb.size()] == ' ' &&
               startsFolded(text, verb);
    });
}

bool isKnownTool(std::string_view word) {
    return (tablesOf(word) & Tool) != 0;
}

bool opensChoice(std::string_view text) {
    const FirstWord first(text);
    return first.word == "or" || first.word == "option" || first.word == "alternatively" ||
           first.word == "alternative";
}

bool isThreshold(std::string_view text) {
    unsigned char hasDigit = 0;
    for (const char c : text) {
        hasDigit |= static_cast<unsigned char>((c >= '0') & (c <= '9'));
    }
    if (hasDigit == 0) {
        return false;
    }
    for (std::size_t at = 1; at < text.size(); ++at) {
        const bool isComparison = text[at] == '<' || text[at] == '>';
        if (!isComparison || text[at - 1] == '-' || text[at - 1] == '=') {
            continue; // an arrow
        }
        std::size_t value = at + 1;
        while (value < text.size() && (text[value] == '=' || text[value] == ' ')) {
            ++value;
        }
        if (value < text.size() && (isNumber(text.substr(value, 1)) || text[value] == '$')) {
            return true;
        }
    }
    if (text.find("≤") != std::string_view::npos || text.find("≥") != std::string_view::npos) {
        return true;
    }
    static constexpr auto comparisons =
        std::to_array<Word>({"above ", "below ", "exceed", "less than ", "more than ",
                             "greater than ", "at least ", "at most ", "under ", "within "});
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char initial = lower(text[at]);
        if ((at > 0 && text[at - 1] != ' ') || Word("abelmguw").find(initial) == Word::npos) {
            continue;
        }
        const Word rest = text.substr(at);
        const bool isComparison =
            std::any_of(comparisons.begin(), comparisons.end(), [&](Word comparison) {
                return comparison.front() == initial && startsFolded(rest, comparison);
            });
        if (isComparison && std::any_of(rest.begin(), rest.end(), isDigit)) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> words(std::string_view text) {
    const WordList list(text);
    std::vector<std::string> result;
    result.reserve(list.inOrder().size());
    for (const Word word : list.inOrder()) {
        if (!isNumber(word)) {
            result.emplace_back(word);
        }
    }
    return result;
}

} // namespace models::vocabulary
