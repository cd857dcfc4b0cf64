// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/expectationtext.h"

#include "models/runbook/sourcetext.h"

#include <algorithm>
#include <array>

namespace models {

namespace {

using Word = std::string_view;

constexpr Word arrow = "→";

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool startsFolded(Word text, Word lowerCasePart) {
    return text.size() >= lowerCasePart.size() &&
           std::equal(lowerCasePart.begin(), lowerCasePart.end(), text.begin(),
                      [](char a, char b) { return a == lower(b); });
}

Word without(Word text, Word lowerCasePrefix) {
    return startsFolded(text, lowerCasePrefix) ? trimmed(text.substr(lowerCasePrefix.size()))
                                               : text;
}

/// "200", "HTTP 200", "HTTP/1.1 200 OK", "status: 200": the number, else empty. A text that goes on
/// ("200 with a session cookie") asks for more than the status, so it is none.
Word statusOf(Word text) {
    Word rest = text;
    if (startsFolded(rest, "http")) {
        rest.remove_prefix(4);
        while (!rest.empty() && rest.front() != ' ') {
            rest.remove_prefix(1);
        }
        rest = trimmed(rest);
    }
    rest = without(rest, "status");
    rest = without(rest, "code");
    rest = without(rest, ":");
    if (rest.size() < 3 || rest[0] < '1' || rest[0] > '5' || !isDigit(rest[1]) ||
        !isDigit(rest[2])) {
        return {};
    }
    const Word reason = trimmed(rest.substr(3));
    static constexpr auto reasons =
        std::to_array<Word>({"", "ok", "created", "accepted", "no content", "moved permanently",
                             "found", "unauthorized", "forbidden", "not found",
                             "switching protocols", "response", "status", "."});
    const bool isReason = std::any_of(reasons.begin(), reasons.end(), [&](Word known) {
        return known.size() == reason.size() && startsFolded(reason, known);
    });
    return isReason && (rest.size() == 3 || rest[3] == ' ' || rest[3] == '.') ? rest.substr(0, 3)
                                                                              : Word();
}

/// A JSON value whose brackets close, keys quoted or not, "..." anywhere.
bool isJson(Word text) {
    if (text.size() < 2 || (text.front() != '{' && text.front() != '[') ||
        (text.back() != '}' && text.back() != ']')) {
        return false;
    }
    int depth = 0;
    bool isQuoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isQuoted) {
            i += c == '\\' ? 1 : 0;
            isQuoted = c != '"';
        } else if (c == '"') {
            isQuoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
            if (depth < 0 || (depth == 0 && i + 1 < text.size())) {
                return false;
            }
        }
    }
    const bool hasMember = text.front() == '[' || text.find(':') != Word::npos;
    return depth == 0 && !isQuoted && hasMember;
}

/// "body.ok == true", "exit == 0": a root that a step's result has, an operator, a literal.
bool isComparison(Word text) {
    static constexpr auto roots =
        std::to_array<Word>({"body", "http", "exit", "output", "tls", "tcp"});
    const std::size_t rootEnd = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz");
    if (rootEnd == Word::npos ||
        std::find(roots.begin(), roots.end(), text.substr(0, rootEnd)) == roots.end()) {
        return false;
    }
    for (const Word op : {"==", "!=", "<=", ">=", " < ", " > ", " in ["}) {
        const std::size_t found = text.find(op);
        if (found != Word::npos && found >= rootEnd &&
            !trimmed(text.substr(found + op.size())).empty()) {
            return text.substr(rootEnd, found - rootEnd).find(' ') >= found - rootEnd - 1;
        }
    }
    return false;
}

/// The text between a pair of quotes or backticks that holds all of it.
Word quotedLiteral(Word text) {
    if (text.size() < 3 || text.front() != text.back() ||
        (text.front() != '"' && text.front() != '\'' && text.front() != '`')) {
        return {};
    }
    const Word inner = text.substr(1, text.size() - 2);
    const bool isOne = inner.find(text.front()) == Word::npos;
    return isOne && inner.find("...") == Word::npos ? inner : Word();
}

/// "Output contains `x`", "prints "x"": what must be in the output.
Word containedLiteral(Word text) {
    static constexpr auto leads = std::to_array<Word>(
        {"output contains ", "output includes ", "contains ", "prints ", "output: ", "shows ",
         "should print ", "should contain ", "should output ", "outputs "});
    for (const Word lead : leads) {
        if (startsFolded(text, lead)) {
            Word rest = trimmed(text.substr(lead.size()));
            if (!rest.empty() && rest.back() == '.') {
                rest.remove_suffix(1);
            }
            return quotedLiteral(rest);
        }
    }
    return quotedLiteral(text);
}

} // namespace

Expectation classifyExpectation(std::string_view text, int line) {
    const Word bare = trimmed(text);
    if (const Word status = statusOf(bare); !status.empty()) {
        return {ExpectationKind::HttpStatus, toString(status), line};
    }
    // `{"ok": true}` in backticks is the JSON.
    Word json = bare;
    if (json.size() > 2 && json.front() == '`' && json.back() == '`') {
        json = trimmed(json.substr(1, json.size() - 2));
    }
    if (isJson(json)) {
        return {ExpectationKind::Json, toString(json), line};
    }
    if (startsFolded(bare, "exit code ") || startsFolded(bare, "exit status ")) {
        const Word number = bare.substr(bare.rfind(' ') + 1);
        if (!number.empty() && number.size() <= 3 &&
            std::all_of(number.begin(), number.end(), isDigit)) {
            return {ExpectationKind::Comparison, QStringLiteral("exit == ") + toString(number),
                    line};
        }
    }
    if (isComparison(json)) {
        return {ExpectationKind::Comparison, toString(json), line};
    }
    if (const Word literal = containedLiteral(bare); !literal.empty()) {
        return {ExpectationKind::Contains, toString(literal), line};
    }
    return {ExpectationKind::Manual, toString(bare), line};
}

std::optional<std::string_view> expectedPart(std::string_view line) {
    Word text = trimmed(line);
    bool hasArrow = false;
    for (const Word mark : {arrow, Word("->"), Word("=>"), Word("✓"), Word("**"), Word("- ")}) {
        if (text.substr(0, mark.size()) == mark) {
            hasArrow = hasArrow || mark == arrow || mark == "=>" || mark == "->";
            text = trimmed(text.substr(mark.size()));
        }
    }
    static constexpr auto leads = std::to_array<Word>(
        {"expected output", "expected result", "expected response", "expected results",
         "expected outcome", "expected", "expect", "should return", "should show", "should output",
         "should print", "should see", "should be", "you should see"});
    for (const Word lead : leads) {
        if (!startsFolded(text, lead)) {
            continue;
        }
        Word rest = text.substr(lead.size());
        const bool isLabel = startsFolded(lead, "expect");
        while (!rest.empty() && (rest.front() == '*' || rest.front() == 's')) {
            rest.remove_prefix(1);
        }
        const bool hasColon = !rest.empty() && rest.front() == ':';
        if (isLabel && !hasColon && !(hasArrow && rest.empty())) {
            // "Expected duration is 5 min" or "Expect a delay" is prose, unless a colon follows
            // shortly: "Expected (all three files): …".
            const std::size_t colon = rest.find(':');
            const bool isBracket = !trimmed(rest).empty() && trimmed(rest).front() == '(';
            if (colon == Word::npos || !isBracket) {
                return std::nullopt;
            }
            rest = rest.substr(colon);
        }
        if (!isLabel) {
            return text; // the whole sentence says what should be
        }
        rest = rest.substr(rest.empty() ? 0 : 1);
        while (!rest.empty() && (rest.front() == '*' || rest.front() == ' ')) {
            rest.remove_prefix(1);
        }
        return trimmed(rest);
    }
    return std::nullopt;
}

std::size_t findArrow(std::string_view line) {
    const std::size_t found = line.find(arrow);
    return found != Word::npos ? found : line.find(" -> ");
}

std::string_view behindArrow(std::string_view line, std::size_t offset) {
    const bool isWide = line.substr(offset, arrow.size()) == arrow;
    return trimmed(line.substr(offset + (isWide ? arrow.size() : 4)));
}

} // namespace models
