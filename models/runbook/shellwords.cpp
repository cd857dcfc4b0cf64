// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/shellwords.h"

#include "models/runbook/sourcetext.h"

#include <array>

namespace models {

namespace {

bool isNameByte(char c, bool isFirst) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           (!isFirst && c >= '0' && c <= '9');
}

bool isBlankByte(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

using ByteSet = std::array<bool, 256>;

constexpr ByteSet byteSet(std::string_view bytes) {
    ByteSet set{};
    for (const char c : bytes) {
        set[static_cast<unsigned char>(c)] = true;
    }
    return set;
}

/// What quotes, escapes, comments or redirects.
constexpr ByteSet quoting = byteSet("\\'\"#<");
/// That, and what parts words or commands.
constexpr ByteSet parting = byteSet(" \t\r\n\\'\"#<;|&");

/// The next byte of the set from `at` on; the text's length where there is none.
std::size_t nextOf(const ByteSet& set, std::string_view text, std::size_t at) {
    while (at < text.size() && !set[static_cast<unsigned char>(text[at])]) {
        ++at;
    }
    return at;
}

/// Follows quotes and here-documents from one physical line to the next.
class Continuation {
public:
    /// Takes in a physical line; true where the logical line goes on behind it.
    bool goesOn(std::string_view line) {
        if (!m_hereWord.empty()) {
            std::string_view text = trimmed(line);
            if (text == m_hereWord) {
                m_hereWord = {};
            }
            return !m_hereWord.empty();
        }
        bool isEscaped = false;
        for (std::size_t i = nextOf(quoting, line, 0); i < line.size();
             i = isEscaped ? i + 1 : nextOf(quoting, line, i + 1)) {
            const char c = line[i];
            if (isEscaped) {
                isEscaped = false;
            } else if (m_quote != 0) {
                isEscaped = c == '\\' && m_quote == '"';
                m_quote = c == m_quote ? char(0) : m_quote;
            } else if (c == '\\') {
                isEscaped = true;
            } else if (c == '\'' || c == '"') {
                m_quote = c;
            } else if (c == '#' && (i == 0 || isBlankByte(line[i - 1]))) {
                break;
            } else if (c == '<' && line.substr(i, 2) == "<<" && line.substr(i, 3) != "<<<") {
                readHereWord(line.substr(i + 2));
                ++i;
            }
        }
        return isEscaped || m_quote != 0 || !m_hereWord.empty();
    }

private:
    void readHereWord(std::string_view text) {
        while (!text.empty() && (text.front() == '-' || text.front() == ' ' ||
                                 text.front() == '\'' || text.front() == '"')) {
            text.remove_prefix(1);
        }
        std::size_t length = 0;
        while (length < text.size() && isNameByte(text[length], length == 0)) {
            ++length;
        }
        m_hereWord = text.substr(0, length);
    }

    char m_quote = 0;
    std::string_view m_hereWord;
};

} // namespace

ShellLines shellLines(std::string_view text) {
    ShellLines lines;
    Continuation continuation;
    bool goesOn = false;
    int number = 0;
    for (std::size_t at = 0; at < text.size(); ++number) {
        std::size_t end = text.find('\n', at);
        end = end == std::string_view::npos ? text.size() : end;
        std::string_view line = text.substr(at, end - at);
        if (!line.empty() && line.back() == '\r') {
            line.remove_suffix(1);
        }
        if (goesOn) {
            ShellLine& open = lines.back();
            open.text = {open.text.data(),
                         std::size_t(line.data() + line.size() - open.text.data())};
        } else {
            const std::string_view bare = trimmed(line);
            lines.push_back({line, number, bare.empty(), !bare.empty() && bare.front() == '#'});
        }
        goesOn = (goesOn || !lines.back().isComment) && continuation.goesOn(line);
        at = end + 1;
    }
    return lines;
}

void SimpleCommands::split(std::string_view line) {
    m_words.clear();
    m_ends.clear();
    m_line = line;
    m_start = -1;
    m_quote = 0;
    for (m_at = 0; m_at < line.size(); ++m_at) {
        const char c = line[m_at];
        if (m_quote != 0) {
            m_at += c == '\\' && m_quote == '"' ? 1 : 0;
            m_quote = c == m_quote ? char(0) : m_quote;
        } else if (c == '\\') {
            m_start = m_start < 0 && line.substr(m_at, 2) != "\\\n" ? int(m_at) : m_start;
            ++m_at;
        } else if (c == '\'' || c == '"') {
            m_quote = c;
            begin();
        } else if (isBlankByte(c)) {
            endWord();
        } else if (c == '#' && m_start < 0) {
            skipComment();
        } else if (c == ';' || c == '|' || c == '&') {
            separate(c);
        } else {
            begin();
            m_at = nextOf(parting, line, m_at + 1) - 1;
        }
    }
    m_at = line.size();
    endWord();
    endCommand();
}

void SimpleCommands::endWord() {
    if (m_start >= 0) {
        m_words.push_back(m_line.substr(std::size_t(m_start), m_at - std::size_t(m_start)));
        m_start = -1;
    }
}

void SimpleCommands::endCommand() {
    if (m_words.size() > (m_ends.isEmpty() ? 0 : m_ends.back())) {
        m_ends.push_back(m_words.size());
    }
}

void SimpleCommands::skipComment() {
    const std::size_t end = m_line.find('\n', m_at);
    m_at = end == std::string_view::npos ? m_line.size() - 1 : end;
}

void SimpleCommands::separate(char c) {
    const bool isRedirection =
        c == '&' && m_at > 0 && (m_line[m_at - 1] == '>' || m_line.substr(m_at, 2) == "&>");
    if (isRedirection) {
        begin();
        return;
    }
    endWord();
    const bool isDouble = m_at + 1 < m_line.size() && m_line[m_at + 1] == c;
    if (c == '&' && !isDouble) {
        m_words.push_back(m_line.substr(m_at, 1));
    }
    m_at += isDouble ? 1 : 0;
    endCommand();
}

std::string_view assignedName(std::string_view word) {
    std::size_t length = 0;
    while (length < word.size() && isNameByte(word[length], length == 0)) {
        ++length;
    }
    return length > 0 && length < word.size() && word[length] == '=' ? word.substr(0, length)
                                                                     : std::string_view();
}

std::string_view programOf(ShellWords words, std::size_t& index) {
    bool isPrefixed = false;
    for (index = 0; index < words.size(); ++index) {
        const std::string_view word = words[index];
        if (!assignedName(word).empty() || (isPrefixed && word.front() == '-')) {
            continue;
        }
        if (word == "sudo" || word == "env" || word == "time" || word == "nohup" ||
            word == "exec" || word == "command" || word == "then" || word == "do" ||
            word == "else" || word == "!") {
            isPrefixed = true;
            continue;
        }
        return word;
    }
    return {};
}

} // namespace models
