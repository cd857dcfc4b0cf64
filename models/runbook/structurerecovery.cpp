// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/structurerecovery.h"

#include "models/runbook/commandtext.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace models {

namespace {

using Line = std::string_view;

/// Fewer than this are more likely to be paragraphs.
constexpr std::size_t fewestHeadings = 3;
constexpr std::size_t longestHeading = 80;

bool isFenceMark(Line line) {
    const auto at = std::find_if_not(line.begin(), line.end(), isSpace);
    const Line text = line.substr(std::size_t(at - line.begin()), 3);
    return text == "```" || text == "~~~";
}

bool isDelimiterRow(Line line) {
    const auto isPart = [](char c) { return c == '|' || c == ':' || c == '-' || isSpace(c); };
    if (!std::all_of(line.begin(), line.end(), isPart)) {
        return false; // nearly always, at the first word
    }
    const Line text = trimmed(line);
    return text.find_first_not_of("|:- \t") == Line::npos && text.size() >= 3 &&
           text.find('-') != Line::npos && text.find('|') != Line::npos;
}

int cellCount(Line row) {
    Line text = trimmed(row);
    if (!text.empty() && text.front() == '|') {
        text.remove_prefix(1);
    }
    if (!text.empty() && text.back() == '|' && (text.size() < 2 || text[text.size() - 2] != '\\')) {
        text.remove_suffix(1);
    }
    int count = 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        i += text[i] == '\\' ? 1 : 0;
        count += i < text.size() && text[i] == '|' ? 1 : 0;
    }
    return count;
}

bool isSmallWord(Line word) {
    static constexpr auto words =
        std::to_array<Line>({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or",
                             "the", "to", "vs", "with", "&", "+", "/", "-"});
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Every word but the small ones begins with a capital or a digit; what is in brackets is free.
bool isTitleCase(Line text) {
    int words = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const Line word = text.substr(at, end - at);
        at = end + 1;
        if (word.empty()) {
            continue;
        }
        if (word.front() == '(') {
            break;
        }
        const char first = word.front();
        const bool isCapital =
            (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9') || (first & 0x80) != 0;
        if (!isCapital && !isSmallWord(word)) {
            return false;
        }
        words += isCapital ? 1 : 0;
    }
    return words >= 1 && words <= 8;
}

bool looksLikeHeading(Line line) {
    if (line.empty() || line.size() > longestHeading || line.front() < 'A' || line.front() > 'Z') {
        return false;
    }
    const char last = line.back();
    const bool isOpenEnded = (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z') ||
                             (last >= '0' && last <= '9') || last == ')';
    return isOpenEnded && line.find_first_of(":|=<>`{};,") == Line::npos && isTitleCase(line) &&
           !startsWithTool(line);
}

/// "Skill: Deployment Review" in front of all else is the title.
bool looksLikeTitle(Line line) {
    const std::size_t colon = line.find(": ");
    return colon != Line::npos && looksLikeHeading(line.substr(0, colon)) &&
           line.substr(0, colon).find(' ') == Line::npos &&
           looksLikeHeading(line.substr(colon + 2));
}

class Recovery {
public:
    Recovery(const SourceText& source, int firstLine)
        : m_source(source)
        , m_first(firstLine) {}

    RecoveredText run() {
        scan();
        if (!m_hasHeading && !m_hasFence && m_headings.size() >= fewestHeadings) {
            m_result.lostHeadings = true;
            mendHeadings();
        }
        if (!m_changes.empty()) {
            write();
        }
        return std::move(m_result);
    }

private:
    void scan() {
        bool isInFence = false;
        for (int number = m_first; number <= m_source.lineCount(); ++number) {
            const Line line = m_source.line(number);
            if (line.empty()) {
                continue;
            }
            const char first = line.front();
            if (isFenceMark(line)) {
                isInFence = !isInFence;
                m_hasFence = true;
            } else if (isInFence) {
                continue;
            } else if (first == '#') {
                m_hasHeading = true;
            } else if ((first == '|' || first == '-' || first == ':' || first == ' ') &&
                       isDelimiterRow(line)) {
                checkDelimiter(number, line);
            } else if (!m_hasHeading && !m_hasFence && first >= 'A' && first <= 'Z') {
                noteHeading(number, line);
            } else if ((first == '=' || first == '-') && number > m_first &&
                       trimmed(line).find_first_not_of(first) == Line::npos &&
                       !m_source.isBlank(number - 1)) {
                m_hasHeading = true; // underlined
            }
        }
    }

    void noteHeading(int number, Line line) {
        const Line text = trimmed(line);
        if (looksLikeHeading(text)) {
            m_headings.push_back(number);
        } else if (m_title == 0 && m_headings.empty() && looksLikeTitle(text)) {
            m_title = number;
        }
    }

    void checkDelimiter(int number, Line line) {
        if (number == m_first || number == m_source.lineCount()) {
            return;
        }
        const Line header = m_source.line(number - 1);
        const int wanted = cellCount(header);
        const int given = cellCount(line);
        if (header.find('|') == Line::npos || wanted < 2 || wanted == given ||
            m_source.line(number + 1).find('|') == Line::npos) {
            return;
        }
        std::string row = "|";
        for (int i = 0; i < wanted; ++i) {
            row += "---|";
        }
        m_result.diagnostics.append(
            {number, 1, Severity::Warning,
             QStringLiteral(
                 "The delimiter row has %1 of %2 columns, so this is no table on GitHub. "
                 "Write %3.")
                 .arg(given)
                 .arg(wanted)
                 .arg(toString(row))});
        m_changes.emplace_back(number, row);
    }

    void mendHeadings() {
        if (m_title > 0) {
            m_changes.emplace_back(m_title, "# " + std::string(trimmed(m_source.line(m_title))));
        }
        for (const int number : m_headings) {
            m_changes.emplace_back(number, "## " + std::string(trimmed(m_source.line(number))));
            m_result.diagnostics.append(
                {number, 1, Severity::Hint,
                 QStringLiteral("Read as a heading. Write \"## \" in front of it.")});
        }
        std::sort(m_changes.begin(), m_changes.end());
    }

    void write() {
        const std::string_view text = m_source.text();
        std::size_t at = m_source.offset(m_first);
        for (const auto& [number, replacement] : m_changes) {
            const std::size_t start = m_source.offset(number);
            m_result.text += text.substr(at, start - at);
            m_result.text += replacement;
            at = start + m_source.line(number).size();
        }
        m_result.text += text.substr(at);
    }

    const SourceText& m_source;
    int m_first;
    RecoveredText m_result;
    std::vector<std::pair<int, std::string>> m_changes; ///< line and its new text
    std::vector<int> m_headings;
    int m_title = 0;
    bool m_hasHeading = false;
    bool m_hasFence = false;
};

} // namespace

RecoveredText recoverStructure(const SourceText& source, int firstLine) {
    return Recovery(source, firstLine).run();
}

} // namespace models
