// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/plainline.h"

#include <algorithm>
#include <array>

namespace models {

namespace {

constexpr auto marks = [] {
    std::array<bool, 256> table{};
    // A line with "|" may be a row that the library was given in other words.
    for (const char c : std::string_view("*_`[<&\\~\r|")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();

bool isMark(char c) {
    return marks[static_cast<unsigned char>(c)];
}

bool isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Of ASCII: what other bytes are, their neighbours say.
bool isVisible(char c) {
    return c > ' ' && c < 0x7F;
}

char before(std::string_view line, std::size_t at) {
    return at > 0 ? line[at - 1] : ' ';
}

char behind(std::string_view line, std::size_t at) {
    return at < line.size() ? line[at] : ' ';
}

/// Two asterisks at `at` surely open bold text, or close it.
bool isBoldMark(std::string_view line, std::size_t at, bool closes) {
    const char left = before(line, at);
    const char right = behind(line, at + 2);
    if (behind(line, at + 1) != '*' || left == '*' || right == '*') {
        return false;
    }
    return closes
               ? isVisible(left) && (right == ' ' || (isVisible(right) && !isLetterOrDigit(right)))
               : left == ' ' && isVisible(right);
}

/// The backtick that closes code opened at `at`; npos where it is no such code.
std::size_t endOfCode(std::string_view line, std::size_t at) {
    const std::size_t close = line.find('`', at + 1);
    // Blanks around code may or may not belong to it, and more backticks are another mark.
    const bool isCode = close != line.npos && close > at + 1 && line[at + 1] != ' ' &&
                        line[close - 1] != ' ' && behind(line, close + 1) != '`';
    return isCode ? close : line.npos;
}

/// "&" that begins no entity, "<" that begins no tag.
bool isAlone(std::string_view line, std::size_t at) {
    const char right = behind(line, at + 1);
    return (line[at] == '&' && right == ' ') ||
           (line[at] == '<' && (right == ' ' || (right >= '0' && right <= '9')));
}

/// A link opened at `at`, and where it ends; no address where it is none that surely is one.
struct PlainLink {
    std::string_view text;
    std::string_view address;
    std::size_t end = 0;
};

PlainLink plainLink(std::string_view line, std::size_t at) {
    const std::size_t close = line.find(']', at);
    if (close == line.npos || behind(line, close + 1) != '(' || before(line, at) == '!') {
        return {};
    }
    const std::string_view text = line.substr(at + 1, close - at - 1);
    const std::size_t end = line.find(')', close);
    if (end == line.npos || text.empty() || !isWithoutMarkup(text)) {
        return {};
    }
    const std::string_view address = line.substr(close + 2, end - close - 2);
    const bool isPlain = std::all_of(address.begin(), address.end(), [](char c) {
        return isVisible(c) && c != '(' && c != '<' && c != '\\' && c != '&';
    });
    return isPlain ? PlainLink{text, address, end + 1} : PlainLink{};
}

} // namespace

bool isWithoutMarkup(std::string_view text) {
    unsigned char found = 0; // of a byte's width, so that sixteen are looked at in one go
    for (const char c : text) {
        found |= static_cast<unsigned char>((c == '*') | (c == '_') | (c == '`') | (c == '[') |
                                            (c == '<') | (c == '&') | (c == '\\') | (c == '~') |
                                            (c == '\r') | (c == '|'));
    }
    return found == 0;
}

bool readLineRuns(std::string_view line, LineRuns& runs) {
    bool isBold = false;
    std::size_t start = 0;
    const auto addText = [&](std::size_t end) {
        if (end > start) {
            runs.append({line.substr(start, end - start), false, isBold, {}});
        }
    };
    for (std::size_t at = 0; at < line.size();) {
        if (!isMark(line[at])) {
            ++at;
        } else if (line[at] == '`') {
            const std::size_t close = endOfCode(line, at);
            if (close == line.npos) {
                return false;
            }
            addText(at);
            runs.append({line.substr(at + 1, close - at - 1), true, isBold, {}});
            at = start = close + 1;
        } else if (line[at] == '*' && isBoldMark(line, at, isBold)) {
            addText(at);
            isBold = !isBold;
            at = start = at + 2;
        } else if (line[at] == '_' && isLetterOrDigit(before(line, at)) &&
                   isLetterOrDigit(behind(line, at + 1))) {
            ++at; // snake_case
        } else if (isAlone(line, at)) {
            ++at;
        } else if (line[at] == '[') {
            const PlainLink link = plainLink(line, at);
            if (link.address.empty()) {
                return false;
            }
            addText(at);
            runs.append({link.text, false, isBold, link.address});
            at = start = link.end;
        } else {
            return false;
        }
    }
    addText(line.size());
    return !isBold;
}

} // namespace models
