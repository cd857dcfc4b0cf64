// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVarLengthArray>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace models::vocabulary {

[[nodiscard]] constexpr char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? char(byte + 32) : byte;
}
[[nodiscard]] constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
/// Digits and nothing else.
[[nodiscard]] bool isNumber(std::string_view word);

/// In any case of its ASCII letters.
[[nodiscard]] bool startsFolded(std::string_view text, std::string_view lowerCasePart);
[[nodiscard]] bool endsFolded(std::string_view text, std::string_view lowerCasePart);
[[nodiscard]] bool containsFolded(std::string_view text, std::string_view lowerCasePart);
/// False where the text surely does not hold these three letters in any case. One look without
/// branches in front of a search, because hardly any text holds what is searched.
[[nodiscard]] bool mayHold(std::string_view text, const char (&letters)[4]);
/// The same of two at once: false where it holds neither.
[[nodiscard]] bool mayHold(std::string_view text, const char (&letters)[4],
                           const char (&others)[4]);

/// The first words of a heading in lower case, in a buffer of its own.
class WordList {
public:
    /// Hyphens part words, because "Pre-Deployment" is about deploying.
    explicit WordList(std::string_view text);
    WordList(const WordList&) = delete; // the words are views of the buffer
    WordList& operator=(const WordList&) = delete;

    [[nodiscard]] std::span<const std::string_view> inOrder() const {
        return {m_words.data(), std::size_t(m_words.size())};
    }
    [[nodiscard]] bool has(std::string_view wanted) const;
    [[nodiscard]] bool hasPair(std::string_view first, std::string_view second) const;
    [[nodiscard]] std::string_view last() const;
    /// Numbers in front of it left out.
    [[nodiscard]] std::string_view first() const;
    /// What the words stand in, all together; see lexicon.h.
    [[nodiscard]] unsigned tables() const;

private:
    static constexpr qsizetype most = 20;

    void add(std::string_view found);

    // Both are left as they are: headings are many, and fill little of them.
    std::array<char, 256> m_buffer;
    QVarLengthArray<std::string_view, most> m_words;
};

/// The first word of a text, letters and hyphens, in lower case, behind emoji and mark-up.
struct FirstWord {
    std::array<char, 24> buffer{};
    std::string_view word;

    explicit FirstWord(std::string_view text);
    FirstWord(const FirstWord&) = delete;
    FirstWord& operator=(const FirstWord&) = delete;
};

} // namespace models::vocabulary
