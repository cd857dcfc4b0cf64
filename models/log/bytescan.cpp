// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/bytescan.h"

#include "models/log/bytekernels.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace models {

namespace {

bool isLetter(char byte) {
    const char lower = static_cast<char>(byte | 0x20);
    return lower >= 'a' && lower <= 'z';
}

bool joins(char byte) {
    return isLetter(byte) || (byte >= '0' && byte <= '9') || byte == '_' ||
           static_cast<signed char>(byte) < 0;
}

void splitLinesPortable(const char* data, size_t size, LineEnds& ends) {
    std::uint32_t seen = 0;
    for (size_t i = 0; i < size; ++i) {
        if (data[i] == '\n') {
            ends.feeds.push_back(static_cast<std::uint32_t>(i) | seen);
            seen = 0;
        } else if (data[i] == '\x1b' || data[i] == '\r') {
            seen = LineEnds::special;
        }
    }
    ends.restIsSpecial = seen != 0;
}

size_t countFeedsPortable(const char* data, size_t size) {
    return static_cast<size_t>(std::count(data, data + size, '\n'));
}

std::uint64_t levelStartsPortable(const char* data, size_t size, char before) {
    const PairTables& pairs = levelPairs();
    std::uint64_t starts = 0;
    for (size_t i = 0; i + 1 < std::min<size_t>(size, 64); ++i) {
        const char previous = i == 0 ? before : data[i - 1];
        if (isLetter(data[i]) && !joins(previous) && pairs.has(data[i], data[i + 1]))
            starts |= std::uint64_t{1} << i;
    }
    return starts;
}

/// Adds all pairs of these letters to a set.
constexpr void addPairs(PairTables& tables, int set, const char* first, const char* second) {
    const auto bit = static_cast<std::uint8_t>(1U << set);
    const auto add = [bit](std::uint8_t* low, std::uint8_t* high, const char* letters) {
        for (; *letters != 0; ++letters) {
            const auto letter = static_cast<unsigned char>(*letters);
            low[letter & 15] |= bit;
            high[letter >> 4] |= bit;
            high[(letter >> 4) ^ 2] |= bit; // the capital
        }
    };
    add(tables.firstLow, tables.firstHigh, first);
    add(tables.secondLow, tables.secondHigh, second);
}

constexpr PairTables makeLevelPairs() {
    PairTables tables{};
    addPairs(tables, 0, "ec", "r");      // error critical
    addPairs(tables, 1, "tw", "r");      // trace wrn
    addPairs(tables, 2, "fwp", "a");     // fatal warning panic
    addPairs(tables, 3, "dl", "e");      // debug level
    addPairs(tables, 4, "vs", "e");      // verbose severe severity
    addPairs(tables, 5, "inl", "no");    // info notice loglevel
    addPairs(tables, 6, "f", "it");      // fine ftl
    addPairs(tables, 7, "alde", "lvbm"); // alert lvl dbg emergency
    return tables;
}

const char* findPortable(const LiteralFinder::Key& key, const char* at, const char* end) {
    const char* const last = end - key.size;
    while (at <= last) {
        if (key.firstFold == 0) {
            const auto* found = static_cast<const char*>(std::memchr(
                at + key.first, key.text[key.first], static_cast<size_t>(last - at + 1)));
            if (found == nullptr)
                return end;
            at = found - key.first;
        }
        if (standsAt(key, at))
            return at;
        ++at;
    }
    return end;
}

const ByteKernels& kernels() {
    static const ByteKernels& best = avx2Kernels() != nullptr ? *avx2Kernels() : portableKernels();
    return best;
}

char lowered(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
}

} // namespace

const ByteKernels& portableKernels() {
    static constexpr ByteKernels portable{&splitLinesPortable, &countFeedsPortable,
                                          &levelStartsPortable, &findPortable};
    return portable;
}

bool standsAt(const LiteralFinder::Key& key, const char* at) {
    if (!key.insensitive)
        return std::memcmp(key.text, at, static_cast<size_t>(key.size)) == 0;
    return std::equal(key.text, key.text + key.size, at,
                      [](char text, char byte) { return text == lowered(byte); });
}

void splitLines(QByteArrayView bytes, LineEnds& ends) {
    ends.feeds.clear();
    kernels().splitLines(bytes.data(), static_cast<size_t>(bytes.size()), ends);
}

qsizetype countFeeds(QByteArrayView bytes) {
    return static_cast<qsizetype>(
        kernels().countFeeds(bytes.data(), static_cast<size_t>(bytes.size())));
}

const PairTables& levelPairs() {
    static constexpr PairTables tables = makeLevelPairs();
    return tables;
}

std::uint64_t levelStarts(QByteArrayView bytes, char before) {
    return kernels().levelStarts(bytes.data(), static_cast<size_t>(bytes.size()), before);
}

LiteralFinder::LiteralFinder(QByteArray text, Case sensitivity)
    : m_text(std::move(text))
    , m_case(sensitivity) {
    if (m_case == Case::Insensitive)
        std::transform(m_text.cbegin(), m_text.cend(), m_text.begin(), lowered);
    for (qsizetype i = 1; i < m_text.size(); ++i) {
        if (commonness(m_text[i]) < commonness(m_text[m_first]))
            m_first = i;
    }
    m_second = m_first == 0 ? m_text.size() - 1 : 0;
    for (qsizetype i = 0; i < m_text.size(); ++i) {
        if (i != m_first && commonness(m_text[i]) < commonness(m_text[m_second]))
            m_second = i;
    }
}

LiteralFinder::Key LiteralFinder::key() const {
    const bool insensitive = m_case == Case::Insensitive;
    const auto fold = [&](qsizetype at) {
        return static_cast<char>(insensitive && isLetter(m_text[at]) ? 0x20 : 0);
    };
    return {m_text.constData(), m_text.size(),  m_first,    m_second,
            fold(m_first),      fold(m_second), insensitive};
}

qsizetype LiteralFinder::find(QByteArrayView in, qsizetype from) const {
    if (m_text.isEmpty())
        return from <= in.size() ? from : -1;
    if (in.size() - from < m_text.size())
        return -1;
    const char* const end = in.data() + in.size();
    const char* const found = kernels().find(key(), in.data() + from, end);
    return found == end ? -1 : found - in.data();
}

int LiteralFinder::commonness(char byte) {
    // From the most common on, as logs of services have them.
    static constexpr char order[] =
        " e0t1a2ionrs\"-:d.l3=c4m5/"
        "p6,u7h8g9f_bvw[]ykTxI(){}ZEA'SRONDPCLzqjMFGUHBWVKYQX@<>#?&%;$+|*!\\~^`J";
    static const std::array<std::uint8_t, 256> table = [] {
        std::array<std::uint8_t, 256> ranks{};
        ranks.fill(1);
        for (size_t i = 0; i + 1 < sizeof order; ++i)
            ranks[static_cast<unsigned char>(order[i])] = static_cast<std::uint8_t>(255 - 2 * i);
        ranks[static_cast<unsigned char>('\n')] = 200;
        ranks[static_cast<unsigned char>('\t')] = 100;
        return ranks;
    }();
    return table[static_cast<unsigned char>(byte)];
}

} // namespace models
