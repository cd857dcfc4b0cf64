// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/fence.h"

#include "models/runbook/commandtext.h"
#include "models/runbook/expectationtext.h"
#include "models/runbook/shellwords.h"
#include "models/runbook/sourcetext.h"
#include "models/runbook/vocabulary.h"

#include <QVarLengthArray>

#include <algorithm>
#include <utility>

namespace models {

namespace {

using Word = std::string_view;

/// Hashes and blanks in front of a comment's text.
Word commentText(Word line) {
    Word text = trimmed(line);
    while (!text.empty() && text.front() == '#') {
        text.remove_prefix(1);
    }
    return trimmed(text);
}

/// The first line that is neither blank nor a comment.
Word firstText(Word content) {
    for (std::size_t at = 0; at < content.size();) {
        const std::size_t end = std::min(content.find('\n', at), content.size());
        const Word line = trimmed(content.substr(at, end - at));
        if (!line.empty() && line.front() != '#') {
            return line;
        }
        at = end + 1;
    }
    return {};
}

/// The label in lower case, without asking for memory where it is one of the usual ones.
QString languageOf(Word label) {
    if (label == "bash") {
        return QStringLiteral("bash");
    }
    if (label == "sh") {
        return QStringLiteral("sh");
    }
    return toString(label).toLower();
}

bool startsWithPrompt(Word line) {
    const Word text = trimmed(line);
    return text.substr(0, 2) == "$ " || text == "$";
}

/// "rootProperty  # Expected: x": the comment behind a command on its own line.
Word trailingComment(Word line) {
    if (line.find('#') == Word::npos) {
        return {};
    }
    bool isQuoted = false;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (isQuoted) {
            isQuoted = c != quote;
        } else if (c == '"' || c == '\'') {
            isQuoted = true;
            quote = c;
        } else if (c == '#' && i > 0 && line[i - 1] == ' ') {
            return line.substr(i);
        }
    }
    return {};
}

/// Commands that belong together, from the first to the last of them.
struct Group {
    Word title;
    const ShellLine* first = nullptr;
    const ShellLine* last = nullptr;
};

class FenceReader {
public:
    FenceReader(Word content, int line, Word label)
        : m_content(content)
        , m_line(line) {
        m_fence.command.language = languageOf(label);
        m_fence.command.line = line;
    }

    FenceContent read() {
        if (hasPrompts()) {
            readSession();
        } else if (opensLikeNoCommand(firstText(m_content))) {
            return std::move(m_fence); // a list or a table, whatever the label says
        } else {
            m_text = m_content;
        }
        while (!m_text.empty() && (m_text.back() == '\n' || m_text.back() == '\r')) {
            m_text.remove_suffix(1);
        }
        m_lines = shellLines(m_text);
        const CommandTraits traits = commandTraits(m_lines);
        m_fence.commandCount = traits.commands;
        if (traits.commands == 0 && traits.assignments > 0) {
            m_fence.role = FenceContent::Role::Assignments;
            readAssignments();
            return std::move(m_fence);
        }
        if (traits.commands > 0) {
            m_fence.role = FenceContent::Role::Commands;
        }
        Command& command = m_fence.command;
        command.text = shellText(m_text);
        command.streaming = traits.streaming;
        command.destructive = traits.destructive;
        command.needsTerminal = traits.needsTerminal;
        readGroups();
        return std::move(m_fence);
    }

private:
    /// Shells take a carriage return for a part of the word.
    [[nodiscard]] static QString shellText(Word text) {
        QString shell = toString(text);
        if (text.find('\r') != Word::npos) {
            shell.remove(u'\r');
        }
        return shell;
    }

    [[nodiscard]] bool hasPrompts() const { return startsWithPrompt(firstText(m_content)); }

    [[nodiscard]] static bool opensLikeNoCommand(Word line) {
        return !line.empty() && Word("-+|*>").find(line.front()) != Word::npos;
    }

    /// Keeps what stands behind the prompts; what stands between is what the commands printed.
    void readSession() {
        Word previous;
        int number = m_line;
        int outputLine = 0;
        std::string output;
        const auto flush = [&] {
            if (!trimmed(output).empty()) {
                m_fence.expectations.append(
                    {ExpectationKind::Manual, toString(trimmed(output)), outputLine});
            }
            output.clear();
        };
        for (std::size_t at = 0; at < m_content.size(); ++number) {
            const std::size_t end = std::min(m_content.find('\n', at), m_content.size());
            const Word line = m_content.substr(at, end - at);
            const Word bare = trimmed(line);
            at = end + 1;
            const bool isContinued = !previous.empty() && previous.back() == '\\';
            if (startsWithPrompt(line) || isContinued) {
                flush();
                m_own += isContinued ? bare.substr(bare.substr(0, 2) == "> " ? 2 : 0)
                                     : trimmed(bare.substr(1));
                m_own += '\n';
                previous = bare;
            } else if (bare.empty() || bare.front() == '#') {
                m_own += bare;
                m_own += '\n';
                previous = {};
            } else {
                outputLine = output.empty() ? number : outputLine;
                output += line;
                output += '\n';
                // Keeps the numbers of the lines behind.
                m_own += "\n";
                previous = {};
            }
        }
        flush();
        m_text = m_own;
    }

    void readAssignments() {
        for (const ShellLine& line : m_lines) {
            if (line.isBlank || line.isComment) {
                continue;
            }
            const SimpleCommands commands(line.text);
            for (const Word word : commands[0]) {
                VariableDeclaration variable;
                const Word name = assignedName(word);
                Word value = word.substr(name.size() + 1);
                if (value.size() >= 2 && value.front() == value.back() &&
                    (value.front() == '"' || value.front() == '\'')) {
                    value = value.substr(1, value.size() - 2);
                }
                variable.name = toString(name);
                variable.value = toString(value);
                variable.line = m_line + line.line;
                m_fence.assignments.append(variable);
            }
        }
    }

    void readGroups() {
        for (const ShellLine& line : m_lines) {
            if (line.isBlank) {
                closeGroup();
            } else if (line.isComment) {
                readComment(line);
            } else {
                readCommandLine(line);
            }
        }
        closeGroup();
        // One group is the command itself; its title still names it.
        if (m_groups.size() == 1 && m_groups.front().title.empty()) {
            return;
        }
        m_fence.command.groups.reserve(m_groups.size());
        for (const Group& group : m_groups) {
            m_fence.command.groups.append(
                {toString(group.title), textOf(group), m_line + group.first->line});
        }
    }

    /// The group's commands without the comments between them.
    [[nodiscard]] static QString textOf(const Group& group) {
        if (group.first == group.last) {
            return shellText(group.first->text);
        }
        std::string text;
        for (const ShellLine* line = group.first; line <= group.last; ++line) {
            if (!line->isComment) {
                text += text.empty() ? "" : "\n";
                text += line->text;
            }
        }
        return shellText(text);
    }

    void readComment(const ShellLine& line) {
        const Word text = commentText(line.text);
        const int number = m_line + line.line;
        if (m_expected && !text.empty()) {
            *m_expected += (m_expected->empty() ? "" : "\n") + std::string(text);
            return;
        }
        if (const auto expected = expectedPart(text)) {
            m_expected = std::string(*expected);
            m_expectedLine = number;
            return;
        }
        if (const std::size_t arrow = findArrow(text); arrow == 0) {
            m_expected = std::string(behindArrow(text, 0));
            m_expectedLine = number;
            return;
        }
        if (m_firstCommand != nullptr) {
            m_pending = {text, number};
        } else if (m_title.empty()) {
            m_title = text;
        }
    }

    void readCommandLine(const ShellLine& line) {
        flushExpected();
        if (m_firstCommand != nullptr && !m_pending.first.empty()) {
            // A comment above a command is the title of what follows, blank line or not.
            const Word title = std::exchange(m_pending, {}).first;
            closeGroup();
            m_title = title;
        }
        m_pending = {};
        m_firstCommand = m_firstCommand == nullptr ? &line : m_firstCommand;
        m_lastCommand = &line;
        if (const Word comment = trailingComment(line.text); !comment.empty()) {
            const Word text = commentText(comment);
            const std::size_t arrow = findArrow(text);
            if (const auto expected = expectedPart(text); expected && !expected->empty()) {
                addExpectation(*expected, m_line + line.line);
            } else if (arrow == 0) {
                addExpectation(behindArrow(text, 0), m_line + line.line);
            }
        }
    }

    void addExpectation(Word text, int line) {
        if (!trimmed(text).empty()) {
            m_fence.expectations.append(classifyExpectation(text, line));
        }
    }

    void flushExpected() {
        if (m_expected) {
            addExpectation(*m_expected, m_expectedLine);
            m_expected.reset();
        }
    }

    void closeGroup() {
        flushExpected();
        if (m_firstCommand != nullptr && !m_pending.first.empty() &&
            vocabulary::startsWithRunVerb(m_pending.first)) {
            // "# Verify both show as deployed" with no command behind it is what to look for.
            addExpectation(m_pending.first, m_pending.second);
        }
        m_pending = {};
        if (m_firstCommand != nullptr) {
            m_groups.append({std::exchange(m_title, {}), m_firstCommand, m_lastCommand});
        }
        m_firstCommand = nullptr;
    }

    Word m_content;
    int m_line;
    std::string m_own; ///< the text where prompts were removed
    Word m_text;
    ShellLines m_lines; ///< of m_text
    FenceContent m_fence;
    QVarLengthArray<Group, 8> m_groups;
    Word m_title;
    std::pair<Word, int> m_pending; ///< a comment behind commands, not yet understood
    std::optional<std::string> m_expected;
    int m_expectedLine = 0;
    const ShellLine* m_firstCommand = nullptr; ///< of the open group, nullptr while it has none
    const ShellLine* m_lastCommand = nullptr;
};

bool beginsLikeCommands(Word content) {
    const Word line = firstText(content);
    return startsWithPrompt(line) || startsWithTool(line);
}

} // namespace

FenceContent readFence(std::string_view content, int line, std::string_view label) {
    const bool isShell = isShellLabel(label);
    if (!isShell && (!label.empty() || !beginsLikeCommands(content))) {
        return {};
    }
    return FenceReader(content, line, label).read();
}

} // namespace models
