// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ssh/hostpattern.h"

namespace app {

bool matchesPattern(const QByteArray& pattern, const QByteArray& text) {
    // One star to go back to is enough: an earlier one never has to take more.
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype taken = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool matchesPatterns(const QByteArrayList& patterns, const QByteArray& text) {
    bool found = false;
    for (const QByteArray& pattern : patterns) {
        const bool negated = pattern.startsWith('!');
        if (!matchesPattern((negated ? pattern.mid(1) : pattern).toLower(), text))
            continue;
        if (negated)
            return false;
        found = true;
    }
    return found;
}

} // namespace app
