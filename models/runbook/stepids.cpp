// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/stepids.h"

#include <array>

namespace models {

namespace {

constexpr quint32 rootHash = 2166136261U;

/// FNV-1a over UTF-16: stable between versions and machines, unlike qHash.
quint32 stableHash(QStringView text, quint32 seed) {
    quint32 hash = seed;
    for (const QChar c : text) {
        hash = (hash ^ c.unicode()) * 16777619U;
    }
    return (hash ^ 0xFFU) * 16777619U;
}

/// What a character of a title is in an id: letters fold, digits stay, all else parts words.
constexpr auto idCharacters = [] {
    std::array<char, 128> table{};
    table.fill('-');
    for (char c = '0'; c <= '9'; ++c) {
        table[std::size_t(c)] = c;
    }
    for (char c = 'a'; c <= 'z'; ++c) {
        table[std::size_t(c)] = c;
        table[std::size_t(c - 'a' + 'A')] = c;
    }
    return table;
}();

/// An id: the title's letters and digits, and what tells it from equal titles elsewhere.
QString idFor(QStringView title, quint32 hash) {
    constexpr std::size_t longest = 48;
    std::array<char, longest + 8> text;
    std::size_t size = 0;
    char previous = '-';
    for (const QChar c : title) {
        const char character = c.unicode() < idCharacters.size() ? idCharacters[c.unicode()] : '-';
        text[size] = character; // stays where it is no second '-' on end
        size += character != '-' || previous != '-' ? 1 : 0;
        previous = character;
        if (size >= longest) {
            break;
        }
    }
    if (size == 0) {
        for (const char c : {'s', 't', 'e', 'p'}) {
            text[size++] = c;
        }
    }
    if (text[size - 1] != '-') {
        text[size++] = '-';
    }
    for (int shift = 20; shift >= 0; shift -= 4) {
        text[size++] = "0123456789abcdef"[(hash >> shift) & 0xFU];
    }
    return QString::fromLatin1(text.data(), qsizetype(size));
}

} // namespace

StepIds::StepIds(const QList<Section>& sections) {
    m_sectionHash.reserve(std::size_t(sections.size()));
    for (const Section& section : sections) {
        const quint32 above =
            section.parent >= 0 ? m_sectionHash[std::size_t(section.parent)] : rootHash;
        m_sectionHash.push_back(stableHash(section.title, above));
    }
}

StepId StepIds::next(const Step& step) {
    const quint32 above = step.parent >= 0    ? m_stepHash[std::size_t(step.parent)]
                          : step.section >= 0 ? m_sectionHash[std::size_t(step.section)]
                                              : rootHash;
    const quint32 hash = stableHash(step.title, above);
    m_stepHash.push_back(hash);
    const QString id = idFor(step.title, hash);
    const int ordinal = ++m_seen[hash & 0xFFFFFFU];
    return StepId(ordinal == 1 ? id : id + u'-' + QString::number(ordinal));
}

} // namespace models
