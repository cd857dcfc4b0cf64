// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logpattern.h"

#include <algorithm>

namespace models {

namespace {

/// Walks the top level of a regular expression and collects runs of plain characters. What it does
/// not know ends a run, or all of them: a literal too few costs time, one too many would lose
/// lines.
class LiteralWalk {
public:
    explicit LiteralWalk(QByteArrayView regex)
        : m_regex(regex) {}

    QByteArray best() {
        while (m_at < m_regex.size()) {
            if (!step())
                return {};
        }
        endRun();
        return m_best;
    }

private:
    /// One atom with its quantifier; false where nothing is certain any more.
    bool step() {
        const char byte = m_regex[m_at];
        switch (byte) {
        case '|':
        case ')':
            return false;
        case '(':
            endRun();
            return skipGroup() && skipQuantifier();
        case '[':
            endRun();
            return skipClass() && skipQuantifier();
        case '\\':
            return escape();
        case '^':
        case '$':
            ++m_at;
            return true; // takes no room, and the run goes on
        case '.':
            endRun();
            ++m_at;
            return skipQuantifier();
        case '*':
        case '+':
        case '?':
        case '{':
            return false; // behind no atom that was seen
        default:
            ++m_at;
            return plain(byte);
        }
    }

    bool escape() {
        if (m_at + 1 >= m_regex.size())
            return false;
        const char byte = m_regex[m_at + 1];
        const bool isLetter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
        const bool isDigit = byte >= '0' && byte <= '9';
        m_at += 2;
        if (!isLetter && !isDigit)
            return plain(byte);
        endRun();
        // Classes and word borders; others have arguments, quote, or mean something elsewhere.
        return QByteArrayView("dDsSwWbBhHvVtrf").contains(byte) && skipQuantifier();
    }

    bool plain(char byte) {
        const char next = m_at < m_regex.size() ? m_regex[m_at] : '\0';
        if (next == '?' || next == '*' || next == '{') {
            endRun(); // maybe there, maybe not
            return skipQuantifier();
        }
        m_run += byte;
        if (next == '+') {
            endRun();
            return skipQuantifier();
        }
        return true;
    }

    bool skipQuantifier() {
        while (m_at < m_regex.size()) {
            const char byte = m_regex[m_at];
            if (byte == '*' || byte == '+' || byte == '?') {
                ++m_at;
            } else if (byte == '{') {
                const qsizetype end = m_regex.indexOf('}', m_at);
                if (end < 0)
                    return false;
                m_at = end + 1;
            } else {
                break;
            }
        }
        return true;
    }

    bool skipClass() {
        ++m_at;
        if (m_at < m_regex.size() && m_regex[m_at] == '^')
            ++m_at;
        if (m_at < m_regex.size() && m_regex[m_at] == ']')
            ++m_at;
        for (; m_at < m_regex.size(); ++m_at) {
            if (m_regex[m_at] == '[')
                return false; // a POSIX class
            if (m_regex[m_at] == '\\')
                ++m_at;
            else if (m_regex[m_at] == ']')
                return ++m_at, true;
        }
        return false;
    }

    bool skipGroup() {
        int depth = 0;
        // "(?i)" and others change what follows.
        if (m_regex.sliced(m_at).startsWith("(?") && !m_regex.sliced(m_at).startsWith("(?:"))
            return false;
        while (m_at < m_regex.size()) {
            const char byte = m_regex[m_at];
            if (byte == '[') {
                if (!skipClass())
                    return false;
                continue;
            }
            ++m_at;
            if (byte == '\\')
                ++m_at;
            else if (byte == '(')
                ++depth;
            else if (byte == ')' && --depth == 0)
                return true;
            if (byte == '(' && m_at < m_regex.size() &&
                (m_regex[m_at] == '?' || m_regex[m_at] == '*') &&
                !m_regex.sliced(m_at).startsWith("?:"))
                return false;
        }
        return false;
    }

    /// How selective a text is: longer is better, and so are bytes that are met seldom.
    static double weight(const QByteArray& text) {
        double weight = 0;
        for (const char byte : text)
            weight += 256.0 / (8 + LiteralFinder::commonness(byte));
        return weight;
    }

    void endRun() {
        if (weight(m_run) > weight(m_best))
            m_best = m_run;
        m_run.clear();
    }

    QByteArrayView m_regex;
    qsizetype m_at = 0;
    QByteArray m_run;
    QByteArray m_best;
};

} // namespace

bool mayCrossLines(QByteArrayView regex) {
    for (qsizetype at = 0; at < regex.size(); ++at) {
        const char byte = regex[at];
        const QByteArrayView rest = regex.sliced(at);
        if (static_cast<unsigned char>(byte) < 0x20 || rest.startsWith("[^") ||
            rest.startsWith("[["))
            return true;
        if (rest.startsWith("(?") && !rest.startsWith("(?:") && !rest.startsWith("(?i)"))
            return true;
        if (byte != '\\')
            continue;
        const char escaped = rest.size() > 1 ? rest[1] : 'n';
        const bool isLetter = (escaped | 0x20) >= 'a' && (escaped | 0x20) <= 'z';
        const bool isDigit = escaped >= '0' && escaped <= '9';
        if ((isLetter || isDigit) && !QByteArrayView("dwSbB").contains(escaped))
            return true;
        ++at;
    }
    return false;
}

QByteArray requiredLiteral(QByteArrayView regex) {
    constexpr qsizetype shortest = 3; // below, its hits are too many
    const QByteArray literal = LiteralWalk(regex).best();
    return literal.size() < shortest ? QByteArray() : literal;
}

} // namespace models
