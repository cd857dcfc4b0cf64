// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/fuzzymatch.h"

#include <algorithm>

namespace ui {

namespace {

constexpr int characterScore = 1;
constexpr int adjacentBonus = 8;
constexpr int wordStartBonus = 10;
constexpr int textStartBonus = 6;
constexpr int longestGapPenalty = 6;

bool startsWord(QStringView text, int index) {
    if (index == 0)
        return true;
    const QChar before = text[index - 1];
    return !before.isLetterOrNumber() || (before.isLower() && text[index].isUpper());
}

bool sameLetter(QChar one, QChar two) {
    return one.toCaseFolded() == two.toCaseFolded();
}

/// The pattern taken greedily from one starting point on.
std::optional<FuzzyMatch> matchFrom(QStringView pattern, QStringView text, int start) {
    FuzzyMatch match;
    int at = start;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace())
            continue;
        int found = at;
        while (found < text.size() && !sameLetter(text[found], wanted))
            ++found;
        if (found >= text.size())
            return std::nullopt;
        // A later beginning of a word is worth more than the first place in the middle of one.
        if (!match.positions.isEmpty() && found != match.positions.last() + 1) {
            int better = found;
            while (better < text.size() &&
                   !(sameLetter(text[better], wanted) && startsWord(text, better)))
                ++better;
            if (better < text.size())
                found = better;
        }
        match.score += characterScore;
        if (startsWord(text, found))
            match.score += wordStartBonus;
        if (found == 0)
            match.score += textStartBonus;
        if (!match.positions.isEmpty()) {
            const int gap = found - match.positions.last() - 1;
            match.score += gap == 0 ? adjacentBonus : -std::min(gap, longestGapPenalty);
        }
        match.positions.append(found);
        at = found + 1;
    }
    return match;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text) {
    const QStringView wanted = pattern.trimmed();
    if (wanted.isEmpty())
        return FuzzyMatch{};
    std::optional<FuzzyMatch> best;
    for (int start = 0; start < text.size(); ++start) {
        if (!sameLetter(text[start], wanted.front()))
            continue;
        std::optional<FuzzyMatch> match = matchFrom(wanted, text, start);
        if (match && (!best || match->score > best->score))
            best = std::move(match);
    }
    return best;
}

} // namespace ui
