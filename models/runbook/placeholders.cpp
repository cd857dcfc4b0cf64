// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/placeholders.h"

#include "models/runbook/shellwords.h"
#include "models/runbook/wordlist.h"

#include <algorithm>
#include <array>

namespace models {

namespace {

using Word = std::string_view;

constexpr bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool isLetter(char c) {
    return isUpper(c) || (c >= 'a' && c <= 'z');
}
constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool isNameByte(char c) {
    return isLetter(c) || isDigit(c) || c == '_';
}
constexpr bool isTokenByte(char c) {
    return isNameByte(c) || c == '-';
}

/// Set in every session, by the shell or by the login.
bool isStandard(Word name) {
    static constexpr auto names = std::to_array<Word>(
        {"HOME",     "USER",        "PATH",         "PWD",        "OLDPWD",   "SHELL",
         "TERM",     "LANG",        "TMPDIR",       "LOGNAME",    "HOSTNAME", "EDITOR",
         "RANDOM",   "SECONDS",     "LINENO",       "UID",        "EUID",     "PPID",
         "IFS",      "BASH_SOURCE", "BASH_VERSION", "PIPESTATUS", "FUNCNAME", "OSTYPE",
         "HOSTTYPE", "REPLY",       "BASHPID",      "OPTARG",     "OPTIND"});
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool startsFolded(Word text, Word lowerCasePart) {
    return text.size() >= lowerCasePart.size() &&
           std::equal(lowerCasePart.begin(), lowerCasePart.end(), text.begin(),
                      [](char a, char b) { return a == (isUpper(b) ? char(b + 32) : b); });
}

std::size_t tokenLength(Word text) {
    std::size_t length = 0;
    while (length < text.size() && isTokenByte(text[length])) {
        ++length;
    }
    return length;
}

/// A path that stands for another one.
bool beginsPath(Word text) {
    return startsFolded(text, "/path/to/") || startsFolded(text, "/absolute/path/");
}

/// "X.Y.Z", "vX.Y", "1.XX.0" and the like, at the start of the text; 0 where there is none.
std::size_t versionLength(Word text) {
    std::size_t at = !text.empty() && text[0] == 'v' ? 1 : 0;
    std::size_t parts = 0;
    bool hasLetter = false;
    while (at < text.size()) {
        const std::size_t start = at;
        while (at < text.size() && (text[at] == 'X' || text[at] == 'Y' || text[at] == 'Z')) {
            ++at;
        }
        hasLetter = hasLetter || at > start;
        while (at == start && at < text.size() && isDigit(text[at])) {
            ++at;
            if (at < text.size() && !isDigit(text[at])) {
                break;
            }
        }
        if (at == start) {
            return 0;
        }
        ++parts;
        if (at >= text.size() || text[at] != '.') {
            break;
        }
        ++at;
    }
    const bool isWord = at >= text.size() || !isNameByte(text[at]);
    return hasLetter && parts >= 2 && isWord && text[at - 1] != '.' ? at : 0;
}

class Finder {
public:
    Finder(Word text, QSet<QByteArray>& known)
        : m_text(text)
        , m_known(known) {}

    std::vector<Placeholder> find() {
        for (m_at = 0; m_at < m_text.size();) {
            const char c = m_text[m_at];
            switch (starts[static_cast<unsigned char>(c)]) {
            case Start::None:
                ++m_at;
                break;
            case Start::Plain:
                skipToken();
                break;
            case Start::Open:
                if (isBehindName()) {
                    ++m_at;
                } else {
                    readWord();
                }
                break;
            case Start::Mark:
                readMark(c);
                break;
            }
        }
        return std::move(m_found);
    }

private:
    /// What a byte may begin.
    enum class Start : std::uint8_t {
        None,
        Plain, ///< a word that is no placeholder, whatever follows
        Open,  ///< a word that may be one: X.Y.Z, v1.X, your-project
        Mark,
    };
    static constexpr auto starts = [] {
        std::array<Start, 256> table{};
        for (std::size_t i = 0; i < table.size(); ++i) {
            table[i] = isNameByte(char(i)) ? Start::Plain : Start::None;
        }
        for (const char c : Word("XYZvyY0123456789")) {
            table[static_cast<unsigned char>(c)] = Start::Open;
        }
        for (const char c : Word("\\'\"#$<{/")) {
            table[static_cast<unsigned char>(c)] = Start::Mark;
        }
        return table;
    }();

    void readMark(char c) {
        if (c == '\\') {
            m_at += 2;
        } else if (c == '\'' && !m_isDouble) {
            const std::size_t end = m_text.find('\'', m_at + 1);
            m_at = end == Word::npos ? m_text.size() : end + 1;
        } else if (c == '"') {
            m_isDouble = !m_isDouble;
            ++m_at;
        } else if (c == '#' && !m_isDouble && isAtWordStart()) {
            const std::size_t end = m_text.find('\n', m_at);
            m_at = end == Word::npos ? m_text.size() : end;
        } else if (c == '$') {
            readVariable();
        } else if (c == '<') {
            readAngle();
        } else if (c == '{') {
            readBraces();
        } else if (c == '/' && beginsPath(m_text.substr(m_at))) {
            readPath();
        } else {
            ++m_at;
        }
    }

    [[nodiscard]] bool isBehindName() const { return m_at > 0 && isNameByte(m_text[m_at - 1]); }

    void skipToken() { m_at += isBehindName() ? 1 : tokenLength(m_text.substr(m_at)); }

    [[nodiscard]] bool isAtWordStart() const {
        return m_at == 0 || m_text[m_at - 1] == ' ' || m_text[m_at - 1] == '\n' ||
               m_text[m_at - 1] == '\t';
    }

    void add(Placeholder::Form form, Word name, std::size_t length) {
        m_found.push_back({form, name, m_at, length});
        m_at += length;
    }

    void readVariable() {
        const bool isBraced = m_text.substr(m_at, 2) == "${";
        const std::size_t start = m_at + (isBraced ? 2 : 1);
        std::size_t end = start;
        while (end < m_text.size() && isNameByte(m_text[end])) {
            ++end;
        }
        const Word name = m_text.substr(start, end - start);
        if (name.empty() || isDigit(name[0]) || m_text.substr(m_at, 3) == "${{") {
            m_at += isBraced ? 2 : 1;
            return;
        }
        // ${X:-y}, ${X-y}, ${X:=y}, ${X+y} have an answer of their own.
        const bool hasDefault = isBraced && end < m_text.size() &&
                                (m_text[end] == '-' || m_text[end] == '=' || m_text[end] == '+' ||
                                 (m_text[end] == ':' && end + 1 < m_text.size() &&
                                  !isDigit(m_text[end + 1]) && m_text[end + 1] != '?'));
        const bool isKnown =
            hasDefault || isStandard(name) ||
            m_known.contains(QByteArray::fromRawData(name.data(), qsizetype(name.size())));
        const std::size_t length =
            end - m_at + (isBraced && end < m_text.size() && m_text[end] == '}' ? 1 : 0);
        if (isKnown) {
            m_at += length;
        } else {
            add(Placeholder::Form::Variable, name, length);
        }
    }

    void readAngle() {
        std::size_t end = m_at + 1;
        while (end < m_text.size() && end - m_at < 60 && m_text[end] != '>' &&
               m_text[end] != '\n' && m_text[end] != '<' && m_text[end] != '$' &&
               m_text[end] != '"' && m_text[end] != '=') {
            ++end;
        }
        const Word name = m_text.substr(m_at + 1, end - m_at - 1);
        const bool isName = !name.empty() && end < m_text.size() && m_text[end] == '>' &&
                            (isLetter(name[0]) || (name[0] & 0x80) != 0) && name.back() != ' ';
        // "sort <in >out" has a blank in front of the bracket that closes; "</tag>" is none either.
        if (isName) {
            add(Placeholder::Form::Angle, name, end + 1 - m_at);
        } else {
            m_at += m_text.substr(m_at, 2) == "<<" ? 2 : 1;
        }
    }

    void readBraces() {
        const std::size_t end = m_text.find("}}", m_at);
        if (m_text.substr(m_at, 2) != "{{" || end == Word::npos) {
            ++m_at;
            return;
        }
        std::size_t first = m_at + 2;
        std::size_t last = end;
        while (first < last && m_text[first] == ' ') {
            ++first;
        }
        while (last > first && m_text[last - 1] == ' ') {
            --last;
        }
        const Word name = m_text.substr(first, last - first);
        // {{.State}}, {{json .}} and {{range …}} belong to a program's own templates.
        const bool isName = !name.empty() && isLetter(name[0]) &&
                            std::all_of(name.begin(), name.end(), isTokenByte);
        if (isName) {
            add(Placeholder::Form::Braces, name, end + 2 - m_at);
        } else {
            m_at = end + 2;
        }
    }

    void readPath() {
        std::size_t end = m_at;
        while (end < m_text.size() &&
               (isTokenByte(m_text[end]) || m_text[end] == '/' || m_text[end] == '.')) {
            ++end;
        }
        add(Placeholder::Form::Word, m_text.substr(m_at, end - m_at), end - m_at);
    }

    void readWord() {
        const Word rest = m_text.substr(m_at);
        if (const std::size_t length = versionLength(rest); length > 0) {
            add(Placeholder::Form::Word, rest.substr(0, length), length);
            return;
        }
        const std::size_t length = tokenLength(rest);
        const Word word = rest.substr(0, length);
        const bool isYours = word.size() > 5 && startsFolded(word, "your") &&
                             (word[4] == '-' || word[4] == '_' || startsFolded(word, "yourdomain"));
        const bool isBlank = word.size() >= 3 &&
                             std::all_of(word.begin(), word.end(), [](char c) { return c == 'X'; });
        if (isYours || isBlank) {
            add(Placeholder::Form::Word, word, length);
        } else {
            m_at += length;
        }
    }

    Word m_text;
    QSet<QByteArray>& m_known;
    std::vector<Placeholder> m_found;
    std::size_t m_at = 0;
    bool m_isDouble = false;
};

void learn(ShellWords words, QSet<QByteArray>& known) {
    const auto add = [&](Word name) {
        known.insert(QByteArray(name.data(), qsizetype(name.size())));
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Word word = words[i];
        if (const Word name = assignedName(word); !name.empty()) {
            add(name);
        } else if (word == "for" && i + 1 < words.size()) {
            add(words[i + 1]);
        } else if (word == "read") {
            for (std::size_t j = i + 1; j < words.size(); ++j) {
                if (isLetter(words[j][0]) || words[j][0] == '_') {
                    add(words[j]);
                }
            }
        }
    }
}

/// False where the text surely holds no placeholder. Like mayHold() without branches, because most
/// commands hold none.
bool mayHoldPlaceholder(Word text) {
    const auto isVersion = [](char c) { return static_cast<unsigned char>(c - 'X') <= 2; };
    unsigned char found = 0;
    for (std::size_t at = 1; at < text.size(); ++at) {
        const char one = text[at - 1];
        const char next = text[at];
        found |= static_cast<unsigned char>(
            (one == '$') | (one == '<') | ((one == '{') & (next == '{')) |
            ((one == '.') & isVersion(next)) | (isVersion(one) & ((next == '.') | (next == 'X'))));
    }
    return found != 0 || vocabulary::mayHold(text, "you") ||
           vocabulary::mayHold(text, "/pa", "/ab");
}

bool mayAssign(Word text) {
    return text.find('=') != Word::npos || vocabulary::mayHold(text, "rea", "for");
}

} // namespace

std::vector<Placeholder> findPlaceholders(std::string_view text, QSet<QByteArray>& known) {
    std::vector<Placeholder> found;
    const bool hasPlaceholders = mayHoldPlaceholder(text);
    const bool hasAssignments = mayAssign(text);
    if (!hasPlaceholders && !hasAssignments) {
        return found;
    }
    SimpleCommands commands;
    for (const ShellLine& line : shellLines(text)) {
        if (line.isBlank || line.isComment) {
            continue;
        }
        if (hasAssignments && mayAssign(line.text)) {
            commands.split(line.text);
            for (std::size_t i = 0; i < commands.size(); ++i) {
                learn(commands[i], known);
            }
        }
        if (!hasPlaceholders) {
            continue;
        }
        for (Placeholder& placeholder : Finder(line.text, known).find()) {
            placeholder.offset += std::size_t(line.text.data() - text.data());
            found.push_back(placeholder);
        }
    }
    return found;
}

} // namespace models
