// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/patternchain.h"

#include <algorithm>
#include <bitset>
#include <utility>
#include <vector>

namespace models {

namespace {

constexpr size_t longestChain = 64;
constexpr qsizetype shortestLiteral = 3;

bool isDigit(int byte) {
    return byte >= '0' && byte <= '9';
}

bool isLetter(int byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/// What one byte of a line may be.
struct Link {
    std::bitset<256> bytes;
    bool isRepeated = false;

    [[nodiscard]] bool isOneByte() const { return !isRepeated && bytes.count() == 1; }
    [[nodiscard]] char byte() const {
        size_t value = 0;
        while (!bytes[value])
            ++value;
        return static_cast<char>(value);
    }
};

} // namespace

class PatternChain::Parser {
public:
    explicit Parser(QByteArrayView regex)
        : m_regex(regex) {}

    std::optional<PatternChain> parse() {
        while (m_at < m_regex.size()) {
            if (!link())
                return std::nullopt;
        }
        if (m_links.empty() || m_links.size() > longestChain)
            return std::nullopt;
        // Whether a line matches is the same with one of them.
        m_links.front().isRepeated = false;
        m_links.back().isRepeated = false;
        return chain();
    }

private:
    bool link() {
        Link link;
        const char byte = m_regex[m_at++];
        if (byte == '\\') {
            if (m_at == m_regex.size() || !addEscaped(m_regex[m_at++], link))
                return false;
        } else if (byte == '.') {
            link.bytes.set().reset('\n');
        } else if (QByteArrayView("|()[]{}?*+^$\n").contains(byte)) {
            return false;
        } else {
            link.bytes.set(static_cast<unsigned char>(byte));
        }
        if (m_at < m_regex.size() && m_regex[m_at] == '+') {
            link.isRepeated = true;
            ++m_at;
        }
        // Another quantifier behind the first makes it lazy or possessive, or the link optional.
        if (m_at < m_regex.size() && QByteArrayView("?*+{").contains(m_regex[m_at]))
            return false;
        m_links.push_back(link);
        return true;
    }

    static bool addEscaped(char escaped, Link& link) {
        for (int byte = 0; byte < 256; ++byte) {
            const bool isWord = isLetter(byte) || isDigit(byte) || byte == '_';
            if ((escaped == 'd' && isDigit(byte)) || (escaped == 'w' && isWord))
                link.bytes.set(static_cast<size_t>(byte));
        }
        // Others mean something else, or may take a line feed.
        if (link.bytes.none() && !isLetter(escaped) && !isDigit(escaped) && escaped != '\n')
            link.bytes.set(static_cast<unsigned char>(escaped));
        return link.bytes.any();
    }

    /// The longest run of single bytes before anything repeats: how far it is from the start of a
    /// match is known.
    std::optional<PatternChain> chain() const {
        size_t best = 0;
        qsizetype bestSize = 0;
        for (size_t from = 0; from < m_links.size() && !m_links[from].isRepeated; ++from) {
            size_t end = from;
            while (end < m_links.size() && m_links[end].isOneByte())
                ++end;
            if (static_cast<qsizetype>(end - from) > bestSize) {
                best = from;
                bestSize = static_cast<qsizetype>(end - from);
            }
        }
        if (bestSize < shortestLiteral)
            return std::nullopt;
        QByteArray literal;
        for (size_t at = best; at < best + static_cast<size_t>(bestSize); ++at)
            literal += m_links[at].byte();
        PatternChain chain(literal);
        chain.m_before = static_cast<unsigned>(best);
        chain.m_last = std::uint64_t{1} << (m_links.size() - 1);
        for (size_t at = 0; at < m_links.size(); ++at) {
            const std::uint64_t bit = std::uint64_t{1} << at;
            chain.m_repeated |= m_links[at].isRepeated ? bit : 0;
            for (size_t byte = 0; byte < 256; ++byte)
                chain.m_links[byte] |= m_links[at].bytes[byte] ? bit : 0;
        }
        return chain;
    }

    QByteArrayView m_regex;
    qsizetype m_at = 0;
    std::vector<Link> m_links;
};

std::optional<PatternChain> PatternChain::of(QByteArrayView regex) {
    return Parser(regex).parse();
}

bool PatternChain::matchesAround(QByteArrayView text, qsizetype at) const {
    const auto linksAt = [&](qsizetype position) {
        return m_links[static_cast<unsigned char>(text[position])];
    };
    if (at < m_before)
        return false;
    for (unsigned link = 0; link < m_before; ++link) {
        if ((linksAt(at - m_before + link) >> link & 1) == 0)
            return false;
    }
    // The last of the text's links has its byte; the others follow.
    std::uint64_t reached = std::uint64_t{1} << (m_before + m_literal.size() - 1);
    for (qsizetype next = at + m_literal.size(); (reached & m_last) == 0; ++next) {
        if (reached == 0 || next >= text.size())
            return false;
        reached = (reached << 1 | (reached & m_repeated)) & linksAt(next);
    }
    return true;
}

} // namespace models
