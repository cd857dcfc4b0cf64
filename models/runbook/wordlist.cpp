// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/wordlist.h"

#include "models/runbook/lexicon.h"

namespace models::vocabulary {

namespace {

using Word = std::string_view;

/// Of a byte of a word its lower case, 0 of all others.
constexpr auto wordBytes = [] {
    std::array<char, 256> table{};
    for (int i = 0; i < int(table.size()); ++i) {
        const char byte = lower(char(i));
        const bool isWord =
            (byte >= 'a' && byte <= 'z') || isDigit(byte) || byte == '\'' || i > 127;
        table[std::size_t(i)] = isWord ? byte : '\0';
    }
    return table;
}();

constexpr char wordByte(char byte) {
    return wordBytes[static_cast<unsigned char>(byte)];
}

/// Where `lowerCasePart` stands in the text, in any case; npos where it does not.
std::size_t findFolded(std::string_view text, std::string_view lowerCasePart) {
    const char first = lowerCasePart.front();
    const char upper = first >= 'a' && first <= 'z' ? char(first - 32) : first;
    for (std::size_t at = 0; at + lowerCasePart.size() <= text.size(); ++at) {
        if ((text[at] == first || text[at] == upper) &&
            std::equal(lowerCasePart.begin() + 1, lowerCasePart.end(),
                       text.begin() + std::ptrdiff_t(at) + 1,
                       [](char a, char b) { return a == lower(b); })) {
            return at;
        }
    }
    return Word::npos;
}

/// 1 where the three letters stand there in any case, without a branch.
unsigned char stands(const char (&letters)[4], const char* at) {
    constexpr char caseBit = 0x20;
    return static_cast<unsigned char>(((at[0] | caseBit) == letters[0]) &
                                      ((at[1] | caseBit) == letters[1]) &
                                      ((at[2] | caseBit) == letters[2]));
}

} // namespace

bool isNumber(Word word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), isDigit);
}

bool startsFolded(std::string_view text, std::string_view lowerCasePart) {
    return text.size() >= lowerCasePart.size() &&
           std::equal(lowerCasePart.begin(), lowerCasePart.end(), text.begin(),
                      [](char a, char b) { return a == lower(b); });
}

bool endsFolded(std::string_view text, std::string_view lowerCasePart) {
    return text.size() >= lowerCasePart.size() &&
           startsFolded(text.substr(text.size() - lowerCasePart.size()), lowerCasePart);
}

bool containsFolded(std::string_view text, std::string_view lowerCasePart) {
    return findFolded(text, lowerCasePart) != Word::npos;
}

bool mayHold(std::string_view text, const char (&letters)[4]) {
    unsigned char found = 0; // of a byte's width, so that sixteen are looked at in one go
    for (std::size_t at = 2; at < text.size(); ++at) {
        found |= stands(letters, text.data() + at - 2);
    }
    return found != 0;
}

bool mayHold(std::string_view text, const char (&letters)[4], const char (&others)[4]) {
    unsigned char found = 0;
    for (std::size_t at = 2; at < text.size(); ++at) {
        found |= static_cast<unsigned char>(stands(letters, text.data() + at - 2) |
                                            stands(others, text.data() + at - 2));
    }
    return found != 0;
}

WordList::WordList(std::string_view text) {
    std::size_t used = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= text.size() && used < m_buffer.size() - 1; ++i) {
        const char byte = i < text.size() ? wordByte(text[i]) : '\0';
        if (byte != '\0') {
            m_buffer[used++] = byte;
            continue;
        }
        if (used > start && m_words.size() < most) {
            add(Word(m_buffer.data() + start, used - start));
        }
        start = used;
    }
}

void WordList::add(Word found) {
    // Emoji and dashes are bytes above 127 only; accented words have letters besides.
    const bool isSymbol =
        std::all_of(found.begin(), found.end(), [](char c) { return (c & 0x80) != 0; }) &&
        (static_cast<unsigned char>(found[0]) == 0xE2 ||
         static_cast<unsigned char>(found[0]) == 0xF0);
    if (!isSymbol) {
        m_words.push_back(found);
    }
}

unsigned WordList::tables() const {
    unsigned all = 0;
    for (const Word word : m_words) {
        all |= tablesOf(word);
    }
    return all;
}

bool WordList::has(Word wanted) const {
    return m_words.contains(wanted);
}

bool WordList::hasPair(Word first, Word second) const {
    for (qsizetype i = 0; i + 1 < m_words.size(); ++i) {
        if (m_words[i] == first && m_words[i + 1] == second) {
            return true;
        }
    }
    return false;
}

std::string_view WordList::last() const {
    return m_words.isEmpty() ? Word() : m_words.back();
}

std::string_view WordList::first() const {
    for (const Word word : m_words) {
        if (!isNumber(word)) {
            return word;
        }
    }
    return {};
}

FirstWord::FirstWord(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && wordByte(text[at]) == '\0') {
        ++at;
    }
    // Emoji and the like in front of the verb.
    while (at < text.size() && (text[at] & 0x80) != 0) {
        ++at;
    }
    while (at < text.size() && (text[at] == ' ' || text[at] == '*' || text[at] == '`')) {
        ++at;
    }
    std::size_t used = 0;
    while (at < text.size() && used < buffer.size() &&
           (wordByte(text[at]) != '\0' || text[at] == '-')) {
        buffer[used++] = lower(text[at++]);
    }
    word = Word(buffer.data(), used);
}

} // namespace models::vocabulary
