// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/loglevel.h"

#include "models/log/bytescan.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace models {

namespace {

constexpr qsizetype longestWord = 13; // of "informational"

struct Word {
    QByteArrayView text;
    LogLevel level;
};

constexpr std::array words = {
    Word{"trace", LogLevel::Trace},        Word{"trc", LogLevel::Trace},
    Word{"verbose", LogLevel::Trace},      Word{"finest", LogLevel::Trace},
    Word{"debug", LogLevel::Debug},        Word{"dbg", LogLevel::Debug},
    Word{"fine", LogLevel::Debug},         Word{"info", LogLevel::Info},
    Word{"inf", LogLevel::Info},           Word{"information", LogLevel::Info},
    Word{"informational", LogLevel::Info}, Word{"notice", LogLevel::Notice},
    Word{"warn", LogLevel::Warning},       Word{"warning", LogLevel::Warning},
    Word{"wrn", LogLevel::Warning},        Word{"war", LogLevel::Warning},
    Word{"deb", LogLevel::Debug},          Word{"error", LogLevel::Error},
    Word{"err", LogLevel::Error},          Word{"severe", LogLevel::Error},
    Word{"fatal", LogLevel::Fatal},        Word{"ftl", LogLevel::Fatal},
    Word{"crit", LogLevel::Fatal},         Word{"critical", LogLevel::Fatal},
    Word{"panic", LogLevel::Fatal},        Word{"alert", LogLevel::Fatal},
    Word{"emerg", LogLevel::Fatal},        Word{"emergency", LogLevel::Fatal},
};

constexpr std::array keys = {QByteArrayView("level"), QByteArrayView("lvl"),
                             QByteArrayView("severity"), QByteArrayView("loglevel")};

/// Bit second & 31 of entry first & 31: a key or a level begins with these two letters.
constexpr std::array<std::uint32_t, 32> beginnings = [] {
    std::array<std::uint32_t, 32> table{};
    for (const Word& word : words)
        table[static_cast<size_t>(word.text[0] & 31)] |= 1U << (word.text[1] & 31);
    for (const QByteArrayView key : keys)
        table[static_cast<size_t>(key[0] & 31)] |= 1U << (key[1] & 31);
    return table;
}();

/// Whether a word that begins with these letters may state a level; most do not.
bool mayState(char first, char second) {
    return (beginnings[static_cast<size_t>(first & 31)] >> (second & 31) & 1) != 0;
}

bool isLetter(char byte) {
    const char lower = static_cast<char>(byte | 0x20);
    return lower >= 'a' && lower <= 'z';
}

bool isDigit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool isUpper(char byte) {
    return byte >= 'A' && byte <= 'Z';
}

/// Whether a word goes on with this byte.
bool joins(char byte) {
    return isLetter(byte) || isDigit(byte) || byte == '_' || static_cast<signed char>(byte) < 0;
}

bool equalsCaseless(QByteArrayView text, QByteArrayView lower) {
    return text.size() == lower.size() &&
           std::equal(text.begin(), text.end(), lower.begin(),
                      [](char a, char b) { return static_cast<char>(a | 0x20) == b; });
}

/// pino's and bunyan's numbers, 10 to 60.
LogLevel levelOfNumber(int number) {
    constexpr std::array levels = {LogLevel::Trace,   LogLevel::Debug, LogLevel::Info,
                                   LogLevel::Warning, LogLevel::Error, LogLevel::Fatal};
    const auto index = static_cast<size_t>(number / 10 - 1);
    return number >= 10 && index < levels.size() ? levels[index] : LogLevel::None;
}

qsizetype wordEnd(QByteArrayView text, qsizetype at) {
    while (at < text.size() && isLetter(text[at]))
        ++at;
    return at;
}

/// The value behind a key that ends before `at`: `=warn`, `="warn"`, `":"warn"`, `": 30`. `at`
/// moves to the last byte that was looked at.
LogLevel levelOfValue(QByteArrayView text, qsizetype& at) {
    if (at < text.size() && text[at] == '"')
        ++at;
    while (at < text.size() && text[at] == ' ')
        ++at;
    if (at == text.size() || (text[at] != '=' && text[at] != ':'))
        return LogLevel::None;
    ++at;
    while (at < text.size() && (text[at] == ' ' || text[at] == '"'))
        ++at;
    const qsizetype begin = at;
    int number = 0;
    for (; at < text.size() && at - begin < 3 && isDigit(text[at]); ++at)
        number = number * 10 + (text[at] - '0');
    if (at > begin)
        return levelOfNumber(number);
    at = wordEnd(text, at);
    return levelOfWord(text.sliced(begin, at - begin));
}

bool isAllUpper(QByteArrayView word) {
    return std::all_of(word.begin(), word.end(), isUpper);
}

/// What the word at `at` states, which begins one and ends before `end`. `end` moves to the last
/// byte that was looked at.
LogLevel statement(QByteArrayView text, qsizetype at, qsizetype& end) {
    const QByteArrayView word = text.sliced(at, end - at);
    if (word.size() > longestWord || word.size() < 3)
        return LogLevel::None;
    for (const QByteArrayView key : keys) {
        if (equalsCaseless(word, key))
            return levelOfValue(text, end);
    }
    const char before = at > 0 ? text[at - 1] : '\0';
    const char after = end < text.size() ? text[end] : '\0';
    if (joins(after))
        return LogLevel::None;
    const bool bracketed = (before == '[' && after == ']') || (before == '<' && after == '>') ||
                           (before == '(' && after == ')') || (before == '|' && after == '|');
    const bool heads = at == 0 && after == ':';
    return bracketed || heads || isAllUpper(word) ? levelOfWord(word) : LogLevel::None;
}

/// glog's `E0131 10:20:30` and syslog's `<11>`.
LogLevel levelOfHead(QByteArrayView text) {
    constexpr qsizetype glogLength = 6;
    if (text.size() >= glogLength && isDigit(text[1]) && isDigit(text[2]) && isDigit(text[3]) &&
        isDigit(text[4]) && text[5] == ' ') {
        switch (text[0]) {
        case 'I':
            return LogLevel::Info;
        case 'W':
            return LogLevel::Warning;
        case 'E':
            return LogLevel::Error;
        case 'F':
            return LogLevel::Fatal;
        }
    }
    if (text.size() < 3 || text[0] != '<' || !isDigit(text[1]))
        return LogLevel::None;
    int priority = 0;
    qsizetype at = 1;
    for (; at < text.size() && at < 4 && isDigit(text[at]); ++at)
        priority = priority * 10 + (text[at] - '0');
    if (at == text.size() || text[at] != '>' || priority > 191)
        return LogLevel::None;
    constexpr std::array severities = {LogLevel::Fatal, LogLevel::Fatal,   LogLevel::Fatal,
                                       LogLevel::Error, LogLevel::Warning, LogLevel::Notice,
                                       LogLevel::Info,  LogLevel::Debug};
    return severities[static_cast<size_t>(priority % 8)];
}

struct Statement {
    LogLevel level = LogLevel::None;
    /// So many bytes of the text state it, whatever follows them; 0: what follows has a part in it.
    qsizetype size = 0;
};

Statement firstStatement(QByteArrayView text, qsizetype stamp) {
    constexpr qsizetype turn = 63;
    constexpr qsizetype load = 65; // that levelStarts() need not copy
    const QByteArrayView window = text.first(std::min(text.size(), levelWindow));
    if (const LogLevel level = levelOfHead(window); level != LogLevel::None)
        return {level};
    for (qsizetype from = stamp; from + 1 < window.size(); from += turn) {
        const qsizetype begin = std::clamp<qsizetype>(window.size() - load, 0, from);
        std::uint64_t starts =
            levelStarts(window.sliced(begin), begin > 0 ? window[begin - 1] : '\0');
        for (; starts != 0; starts &= starts - 1) {
            const qsizetype at = begin + std::countr_zero(starts);
            if (at + 1 == window.size() || !mayState(window[at], window[at + 1]))
                continue;
            qsizetype end = wordEnd(window, at);
            if (const LogLevel level = statement(window, at, end); level != LogLevel::None)
                return {level, end < window.size() ? end + 1 : 0};
        }
    }
    return {};
}

} // namespace

LogLevel levelOfWord(QByteArrayView word) {
    const auto* const found = std::find_if(words.begin(), words.end(), [word](const Word& known) {
        return !word.isEmpty() && (word.front() | 0x20) == known.text.front() &&
               equalsCaseless(word, known.text);
    });
    return found == words.end() ? LogLevel::None : found->level;
}

QByteArrayView levelName(LogLevel level) {
    constexpr std::array<const char*, logLevelCount> names = {
        "none", "trace", "debug", "info", "notice", "warning", "error", "fatal"};
    return names[static_cast<size_t>(level)];
}

LogLevel recogniseLevel(QByteArrayView text, qsizetype stamp) {
    return firstStatement(text, stamp).level;
}

LevelReader::Beginning::Beginning(QByteArrayView text, qsizetype stamp)
    : before(stamp > 0 ? text[stamp - 1] : '\0') {
    // Word by word, here and below: a loop, or a copy of all, costs more than the words do.
    const auto word = [at = text.data() + stamp](int index) {
        return qFromUnaligned<std::uint64_t>(at + index * sizeof(std::uint64_t));
    };
    static_assert(std::tuple_size_v<decltype(bytes)> == 3);
    bytes = {word(0), word(1), word(2)};
}

LevelReader::Known::Known(const Beginning& beginning, qsizetype size, LogLevel stated)
    : level(stated)
    , m_beginning(beginning) {
    auto* const mask = reinterpret_cast<unsigned char*>(m_mask.data());
    std::fill_n(mask, size, static_cast<unsigned char>(0xff));
}

bool LevelReader::Known::statesFor(const Beginning& other) const {
    const auto differences = [&](size_t word) {
        return (other.bytes[word] ^ m_beginning.bytes[word]) & m_mask[word];
    };
    return other.before == m_beginning.before &&
           (differences(0) | differences(1) | differences(2)) == 0;
}

std::span<LevelReader::Known> LevelReader::likely(const Beginning& beginning) {
    const auto first = static_cast<std::uint32_t>(beginning.bytes[0]);
    constexpr std::uint32_t spread = 0x9e3779b1; // 2^32 over the golden ratio, as Knuth has it
    return m_known[first * spread >> (32 - setBits)];
}

LogLevel LevelReader::read(QByteArrayView text, qsizetype stamp) {
    if (text.size() - stamp < Beginning::size)
        return recogniseLevel(text, stamp);
    const Beginning beginning(text, stamp);
    const std::span<Known> likely = this->likely(beginning);
    for (const Known& known : likely) {
        if (known.level == LogLevel::None)
            break;
        if (known.statesFor(beginning))
            return known.level;
    }
    const Statement found = firstStatement(text, stamp);
    if (found.size > stamp && found.size <= stamp + Beginning::size) {
        std::shift_right(likely.begin(), likely.end(), 1);
        likely.front() = Known(beginning, found.size - stamp, found.level);
    }
    return found.level;
}

} // namespace models
