// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/stepids.h"

#include <QHashFunctions>

#include <array>
#include <bit>

namespace models {

namespace {

constexpr quint32 rootHash = 2166136261U;

/// One step of FNV-1a over UTF-16: stable between versions and machines, unlike qHash.
constexpr quint32 mixed(quint32 hash, quint32 value) {
    return (hash ^ value) * 16777619U;
}

/// Behind each title, so that those of a path are told apart.
constexpr quint32 titleEnd = 0xFFU;

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

/// An id in the making: a title's letters and digits, and what tells it from equal titles
/// elsewhere.
struct Slug {
    static constexpr std::size_t longest = 48;
    std::array<char, longest + 8> text;
    std::size_t size = 0;
    quint32 hash = 0;

    Slug(QStringView title, quint32 above) {
        // Local, because a char that is stored may be any member as far as the compiler can tell.
        std::size_t used = 0;
        quint32 mix = above;
        char previous = '-';
        for (const QChar c : title) {
            const ushort unit = c.unicode();
            mix = mixed(mix, unit);
            const char character = unit < idCharacters.size() ? idCharacters[unit] : '-';
            text[used] = character; // stays where it is no second '-' on end
            used += used < longest && (character != '-' || previous != '-') ? 1 : 0;
            previous = character;
        }
        size = used;
        hash = mixed(mix, titleEnd);
    }

    [[nodiscard]] QString toId() {
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
};

} // namespace

StepIds::StepIds(const QList<Section>& sections, qsizetype expected) {
    m_stepHash.reserve(std::size_t(expected));
    m_seen.resize(std::bit_ceil(2 * std::size_t(expected) + 16));
    m_sectionHash.reserve(std::size_t(sections.size()));
    for (const Section& section : sections) {
        const quint32 above =
            section.parent >= 0 ? m_sectionHash[std::size_t(section.parent)] : rootHash;
        quint32 hash = above;
        for (const QChar c : section.title) {
            hash = mixed(hash, c.unicode());
        }
        m_sectionHash.push_back(mixed(hash, titleEnd));
    }
}

int& StepIds::countOf(quint32 hash) {
    if (2 * (m_used + 1) > m_seen.size()) {
        std::vector<Seen> before(2 * m_seen.size());
        before.swap(m_seen);
        for (const Seen& seen : before) {
            if (seen.count > 0) {
                slotOf(seen.hash) = seen;
            }
        }
    }
    Seen& seen = slotOf(hash);
    m_used += seen.count == 0 ? 1 : 0;
    seen.hash = hash;
    return seen.count;
}

/// Of the hash, or the free one that it would take.
StepIds::Seen& StepIds::slotOf(quint32 hash) {
    // With the process's seed: no document can be written to make them all collide.
    std::size_t slot = qHash(hash, std::size_t(QHashSeed::globalSeed())) & (m_seen.size() - 1);
    while (m_seen[slot].count > 0 && m_seen[slot].hash != hash) {
        slot = (slot + 1) & (m_seen.size() - 1);
    }
    return m_seen[slot];
}

StepId StepIds::next(const Step& step) {
    const quint32 above = step.parent >= 0    ? m_stepHash[std::size_t(step.parent)]
                          : step.section >= 0 ? m_sectionHash[std::size_t(step.section)]
                                              : rootHash;
    Slug slug(step.title, above);
    m_stepHash.push_back(slug.hash);
    QString id = slug.toId();
    if (const int ordinal = ++countOf(slug.hash & 0xFFFFFFU); ordinal > 1) {
        id += u'-' + QString::number(ordinal);
    }
    return StepId(std::move(id));
}

} // namespace models
