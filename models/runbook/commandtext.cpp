// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/commandtext.h"

#include "models/runbook/lexicon.h"
#include "models/runbook/sourcetext.h"
#include "models/runbook/vocabulary.h"

#include <algorithm>
#include <array>

namespace models {

namespace {

using Word = std::string_view;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

bool equalFolded(Word a, Word b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

bool containsFolded(Word text, Word lowerCasePart) {
    return std::search(text.begin(), text.end(), lowerCasePart.begin(), lowerCasePart.end(),
                       [](char a, char b) { return lower(a) == b; }) != text.end();
}

/// Most words differ in their length or first letter, and are not compared any further.
bool isOneOf(Word word, std::initializer_list<Word> known) {
    for (const Word one : known) {
        if (word.size() == one.size() && !word.empty() && word.front() == one.front() &&
            word == one) {
            return true;
        }
    }
    return false;
}

/// One simple command, asked about its words.
class Simple {
public:
    explicit Simple(ShellWords words)
        : m_words(words) {
        m_program = programOf(words, m_index);
        const std::size_t slash = m_program.rfind('/');
        m_program = slash == Word::npos ? m_program : m_program.substr(slash + 1);
        m_kind = vocabulary::tablesOf(m_program);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const unsigned tables = vocabulary::tablesOfArgument(words[i]);
            m_anywhere |= tables;
            m_arguments |= i > m_index ? tables : 0;
        }
    }

    [[nodiscard]] Word program() const { return m_program; }
    /// The program stands in one of these tables.
    [[nodiscard]] bool is(unsigned tables) const { return (m_kind & tables) != 0; }
    /// An argument stands in one of these tables.
    [[nodiscard]] bool hasSome(unsigned tables) const { return (m_arguments & tables) != 0; }
    [[nodiscard]] bool isDestructive() const { return (m_anywhere & vocabulary::Destructive) != 0; }
    /// Any argument is one of these.
    [[nodiscard]] bool has(std::initializer_list<Word> arguments) const {
        return std::any_of(m_words.begin() + std::ptrdiff_t(std::min(m_index + 1, m_words.size())),
                           m_words.end(), [&](Word word) { return isOneOf(word, arguments); });
    }
    /// The first argument that is no option.
    [[nodiscard]] Word verb(std::size_t nth = 0) const {
        for (std::size_t i = m_index + 1; i < m_words.size(); ++i) {
            if (m_words[i].front() != '-' && nth-- == 0) {
                return m_words[i];
            }
        }
        return {};
    }
    /// A bundle of short options holds this letter: "-rf" holds r and f.
    [[nodiscard]] bool hasLetter(char letter) const {
        return std::any_of(m_words.begin() + std::ptrdiff_t(std::min(m_index + 1, m_words.size())),
                           m_words.end(), [&](Word word) {
                               return word.size() > 1 && word[0] == '-' && word[1] != '-' &&
                                      word.find(letter) != Word::npos;
                           });
    }
    [[nodiscard]] bool isInBackground() const { return m_words.back() == "&"; }
    [[nodiscard]] bool anyWord(bool (*test)(Word)) const {
        return std::any_of(m_words.begin(), m_words.end(), test);
    }
    /// Arguments that are neither options nor redirections.
    [[nodiscard]] int operands() const {
        int count = 0;
        for (std::size_t i = m_index + 1; i < m_words.size(); ++i) {
            count += m_words[i].front() != '-' && m_words[i] != "&" ? 1 : 0;
        }
        return count;
    }
    [[nodiscard]] bool isRedirected() const {
        return anyWord([](Word word) { return word.front() == '<'; });
    }

private:
    ShellWords m_words;
    std::size_t m_index = 0;
    Word m_program;
    unsigned m_kind = 0;      ///< the tables of the program
    unsigned m_arguments = 0; ///< those of the words behind it
    unsigned m_anywhere = 0;  ///< those of all words
};

bool isCompose(const Simple& command) {
    return command.program() == "docker-compose" || command.program() == "podman-compose" ||
           (command.is(vocabulary::Container) && command.has({"compose"}));
}

bool servesForever(const Simple& command) {
    if (command.is(vocabulary::Server)) {
        return !command.has({"--version", "--help"}) && !command.hasLetter('D');
    }
    if (command.is(vocabulary::ScriptRunner)) {
        const Word verb = command.verb() == "run" ? command.verb(1) : command.verb();
        return verb == "dev" || verb == "start" || verb == "serve" || verb == "watch";
    }
    if (command.program() == "python" || command.program() == "python3") {
        return command.has({"runserver", "http.server"});
    }
    return (command.is(vocabulary::SiteServer) && command.has({"server", "serve"})) ||
           (command.program() == "flask" && command.verb() == "run");
}

bool follows(const Simple& command) {
    if (command.hasSome(vocabulary::FollowOption) || command.program() == "watch") {
        return true;
    }
    if (command.is(vocabulary::LogReader) || command.hasSome(vocabulary::LogVerb)) {
        const bool isFollowing = command.hasLetter('f') || command.hasLetter('F');
        const bool followsUnasked =
            (isOneOf(command.program(), {"fly", "flyctl", "pm2"}) && command.verb() == "logs" &&
             !command.has({"--no-tail", "-n", "--nostream"})) ||
            (command.program() == "heroku" && command.has({"--tail", "-t"}));
        if ((isFollowing && command.program() != "git") || followsUnasked ||
            (command.program() != "tail" && command.has({"--tail=follow"}))) {
            return true;
        }
    }
    if (command.is(vocabulary::Cluster)) {
        return command.has({"port-forward", "proxy", "-w", "--watch"}) ||
               (command.verb() == "rollout" && command.verb(1) == "watch");
    }
    return command.is(vocabulary::Container) &&
           ((command.verb() == "stats" && !command.has({"--no-stream"})) ||
            command.verb() == "events" || command.verb() == "attach");
}

bool isStreaming(const Simple& command) {
    if (command.isInBackground()) {
        return false;
    }
    if (isCompose(command) && command.has({"up"})) {
        return !command.has({"--detach", "--wait", "--no-start"}) && !command.hasLetter('d');
    }
    if (command.program() == "curl" || command.program() == "http") {
        return command.anyWord([](Word word) {
            return containsFolded(word, "upgrade: websocket") || containsFolded(word, "ws://") ||
                   containsFolded(word, "wss://");
        });
    }
    return follows(command) || servesForever(command);
}

bool isDestructiveText(Word word) {
    // SQL inside an argument.
    return word.size() > 8 && word.find(' ') != Word::npos &&
           (containsFolded(word, "drop table") || containsFolded(word, "drop database") ||
            containsFolded(word, "drop schema") || containsFolded(word, "delete from") ||
            containsFolded(word, "truncate "));
}

bool isDestructive(const Simple& command) {
    if (command.is(vocabulary::Harmless)) {
        return false;
    }
    if (command.program() == "rm") {
        return command.hasLetter('r') || command.hasLetter('f') || command.hasLetter('R');
    }
    if (command.program() == "curl" && command.has({"DELETE", "-XDELETE"})) {
        return true;
    }
    if (isCompose(command) && command.has({"down"}) && command.hasLetter('v')) {
        return true;
    }
    if (command.program() == "git" && ((command.verb() == "push" && command.hasLetter('f')) ||
                                       (command.verb() == "clean" && command.hasLetter('f')))) {
        return true;
    }
    return command.isDestructive() || command.anyWord(isDestructiveText);
}

bool isInteractiveClient(const Simple& command) {
    if (command.isRedirected()) {
        return false;
    }
    if (command.program() == "psql") {
        return !command.hasLetter('c') && !command.hasLetter('f') && !command.hasLetter('l') &&
               !command.has({"--command", "--file", "--version", "--list"});
    }
    if (command.program() == "mysql") {
        return !command.hasLetter('e') && !command.has({"--version", "--execute"});
    }
    if (command.program() == "sqlite3") {
        return command.operands() == 1;
    }
    return command.is(vocabulary::Interpreter) && command.operands() == 0 &&
           !command.hasLetter('c') && !command.hasLetter('h') && !command.hasLetter('V') &&
           !command.hasLetter('v') && !command.has({"--version", "--eval"});
}

bool isBareLogin(const Simple& command) {
    if (command.program() == "ssh") {
        // Options with a value (-i key, -p port) count as operands; a command has words besides.
        const int values = int(command.hasLetter('i')) + int(command.hasLetter('p')) +
                           int(command.hasLetter('l')) + int(command.hasLetter('o'));
        return !command.isRedirected() && !command.hasLetter('N') && !command.hasLetter('V') &&
               command.operands() <= 1 + values && command.operands() > 0;
    }
    if (command.program() == "fly" || command.program() == "flyctl") {
        return command.has({"console"}) && !command.hasLetter('C') && !command.has({"--command"});
    }
    if (command.program() == "rails" || command.program() == "heroku") {
        return command.has({"console", "c", "dbconsole"}) ||
               (command.program() == "heroku" && command.has({"bash", "pg:psql"}));
    }
    return false;
}

bool needsTerminal(const Simple& command) {
    if (command.is(vocabulary::FullScreen)) {
        return true;
    }
    if (command.hasSome(vocabulary::InsideVerb) &&
        (command.has({"-it", "-ti", "--tty"}) || (command.has({"-i"}) && command.has({"-t"})))) {
        return true;
    }
    if ((command.program() == "crontab" && command.hasLetter('e')) ||
        (command.is(vocabulary::Cluster) && command.verb() == "edit") ||
        (command.program() == "git" && command.verb() == "rebase" && command.hasLetter('i')) ||
        (command.is(vocabulary::Cluster) &&
         (command.verb() == "rsh" || command.verb() == "debug") && !command.has({"--"}))) {
        return true;
    }
    return isInteractiveClient(command) || isBareLogin(command);
}

bool isAssignment(const SimpleCommands& commands) {
    const ShellWords words = commands[0];
    return commands.size() == 1 && std::all_of(words.begin(), words.end(), [](Word word) {
               return !assignedName(word).empty();
           });
}

bool looksLikePath(Word word) {
    return word.size() > 2 && (word.substr(0, 2) == "./" || word.substr(0, 3) == "../" ||
                               word.substr(0, 2) == "~/" || word.substr(0, 8) == "scripts/");
}

} // namespace

bool isShellLabel(std::string_view label) {
    static constexpr auto labels =
        std::to_array<Word>({"sh", "bash", "shell", "zsh", "console", "terminal", "shell-session",
                             "azurecli", "azurecli-interactive"});
    return std::any_of(labels.begin(), labels.end(),
                       [&](Word known) { return equalFolded(known, label); });
}

CommandTraits commandTraits(const ShellLines& lines) {
    CommandTraits traits;
    SimpleCommands commands;
    for (const ShellLine& line : lines) {
        if (line.isBlank || line.isComment) {
            continue;
        }
        commands.split(line.text);
        if (commands.isEmpty()) {
            continue;
        }
        if (isAssignment(commands)) {
            ++traits.assignments;
            continue;
        }
        ++traits.commands;
        for (std::size_t i = 0; i < commands.size(); ++i) {
            const Simple command(commands[i]);
            traits.streaming = traits.streaming || isStreaming(command);
            traits.destructive = traits.destructive || isDestructive(command);
            // What reads from a pipe needs nobody's keys; "grep | less" still does.
            const bool isPiped =
                i > 0 && command.program() != "less" && command.program() != "more";
            traits.needsTerminal = traits.needsTerminal || (!isPiped && needsTerminal(command));
        }
    }
    return traits;
}

bool startsWithTool(std::string_view line) {
    // A program's name stands at the front; a line may be as long as the document.
    constexpr std::size_t enough = 256;
    const SimpleCommands commands(line.substr(0, std::min(line.find('\n'), enough)));
    if (commands.isEmpty()) {
        return false;
    }
    std::size_t index = 0;
    const Word program = programOf(commands[0], index);
    return vocabulary::isKnownTool(program) || looksLikePath(program) ||
           (program.empty() && commands[0][0] == "sudo");
}

std::size_t commandLength(std::string_view line) {
    const std::size_t bracket = line.find(" (");
    if (bracket != Word::npos) {
        return bracket;
    }
    // A sentence goes on in words that no command line has.
    static constexpr auto joints = std::to_array<Word>(
        {" on first ", " and then ", " and after ", " after ", " to verify", " before ", " when ",
         " if ", " then ", " on the ", " in the ", " — ", " – ", " -> ", " → "});
    std::size_t length = line.size();
    for (const Word joint : joints) {
        length = std::min(length, line.find(joint));
    }
    if (length == line.size() && line.size() > 1 && line.back() == '.' &&
        line[line.size() - 2] != ' ' && line[line.size() - 2] != '.' &&
        line[line.size() - 2] != '/') {
        return line.size() - 1;
    }
    return length;
}

} // namespace models
