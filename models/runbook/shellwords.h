// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVarLengthArray>

#include <span>
#include <string_view>

namespace models {

/// The words of one simple command, quotes left on, without redirections being understood.
using ShellWords = std::span<const std::string_view>;

/// A logical line of shell text: continuation lines, quotes and here-documents over several lines
/// belong to the line that opens them.
struct ShellLine {
    std::string_view text; ///< with its line breaks, without the last one
    int line = 0;          ///< of its first line, 0 is the text's first
    bool isBlank = false;
    bool isComment = false;
};

/// Most fences have no more lines than stand here without asking for memory.
using ShellLines = QVarLengthArray<ShellLine, 16>;

/// Splits shell text into logical lines. A reading aid, not a shell: it errs on the side of longer
/// lines where quotes are left open.
[[nodiscard]] ShellLines shellLines(std::string_view text);

/// The simple commands of a logical line, parted by ; | & and && and ||. Comments are left out.
/// A command that ends with a lone "&" is put in the background; its words end with "&".
class SimpleCommands {
public:
    SimpleCommands() = default;
    explicit SimpleCommands(std::string_view line) { split(line); }

    /// Forgets the commands of the line before, and keeps their memory.
    void split(std::string_view line);

    [[nodiscard]] std::size_t size() const { return std::size_t(m_ends.size()); }
    [[nodiscard]] bool isEmpty() const { return m_ends.isEmpty(); }
    /// Valid until the next split().
    [[nodiscard]] ShellWords operator[](std::size_t index) const {
        const qsizetype first = index == 0 ? 0 : m_ends[qsizetype(index) - 1];
        return {m_words.constData() + first, std::size_t(m_ends[qsizetype(index)] - first)};
    }

private:
    void begin() { m_start = m_start < 0 ? int(m_at) : m_start; }
    void endWord();
    void endCommand();
    void skipComment();
    void separate(char c);

    // More are rare, and asking for memory costs more than the words.
    QVarLengthArray<std::string_view, 32> m_words;
    QVarLengthArray<qsizetype, 8> m_ends; ///< behind the last word of each command
    std::string_view m_line;
    std::size_t m_at = 0;
    int m_start = -1;
    char m_quote = 0;
};

/// The first word that is a program: behind sudo, env, time, nohup and assignments. Nothing where
/// there is none. `index` is set to its place.
[[nodiscard]] std::string_view programOf(ShellWords words, std::size_t& index);

/// NAME of "NAME=value", else empty.
[[nodiscard]] std::string_view assignedName(std::string_view word);

} // namespace models
