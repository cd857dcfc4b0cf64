// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/slippass.h"

#include <algorithm>

namespace models {

namespace {

/// What is wrong with a line that looks like a check box, empty where nothing is.
QString slipOf(std::string_view text) {
    const std::string_view behind = text.substr(1);
    const auto isBox = [](std::string_view part) {
        return part.size() >= 3 && part[0] == '[' && part[2] == ']' &&
               (part[1] == ' ' || part[1] == 'x' || part[1] == 'X');
    };
    if (isBox(behind)) {
        return QStringLiteral("No check box: a blank is missing. Write \"- [ ] \".");
    }
    const std::string_view box = trimmed(behind);
    if (behind.empty() || behind.front() != ' ') {
        return {};
    }
    if (box.substr(0, 2) == "[]" && box.substr(0, 3) != "[](") {
        return QStringLiteral("No check box: the brackets need a blank between them. Write "
                              "\"- [ ] \".");
    }
    if (isBox(box) && box.size() > 3 && box[3] != ' ' && box[3] != '(' && box[3] != '[') {
        return QStringLiteral("No check box: a blank is missing behind the brackets. Write "
                              "\"- [ ] \".");
    }
    return {};
}

/// The first tag that opens an element of this name.
std::size_t tagIn(std::string_view html, std::string_view name) {
    for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
        const std::string_view tag = html.substr(at + 1, name.size());
        const std::string_view behind = html.substr(std::min(at + 1 + name.size(), html.size()));
        const bool isName = std::equal(tag.begin(), tag.end(), name.begin(), name.end(),
                                       [](char is, char wanted) { return (is | 0x20) == wanted; });
        if (isName && !behind.empty() && (behind.front() == '>' || isSpace(behind.front()))) {
            return at;
        }
    }
    return html.npos;
}

/// Where a list begins that somebody means as steps: a numbered one, or one with code.
std::size_t htmlListIn(std::string_view html) {
    if (html.substr(0, 4) == "<!--") {
        return html.npos;
    }
    const std::size_t numbered = tagIn(html, "ol");
    const bool hasCode = tagIn(html, "code") != html.npos || tagIn(html, "pre") != html.npos;
    return numbered == html.npos && hasCode ? tagIn(html, "li") : numbered;
}

/// Whether a list was told.
bool reportHtmlList(ParseContext& context, int line, std::string_view html) {
    const std::size_t at = htmlListIn(html);
    if (at == html.npos) {
        return false;
    }
    line += int(std::count(html.begin(), html.begin() + std::ptrdiff_t(at), '\n'));
    const std::string_view text = context.source.line(line);
    const std::size_t start = text.find('<');
    context.diagnose(
        line, columnOf(text, start == text.npos ? 0 : start), Severity::Warning,
        QStringLiteral("This list is HTML, which is not read: nothing of it is a step. "
                       "Write it in Markdown, with \"1. \" or \"- [ ] \" in front of "
                       "each step."));
    return true;
}

} // namespace

void reportHtmlLists(ParseContext& context) {
    int section = -1;
    bool isTold = false; // once in a section: a blank line parts a list for the library
    for (int i = 0; i < int(context.tree.blocks().size()); ++i) {
        const Block& block = context.tree[i];
        if (block.type == BlockType::Heading) {
            ++section;
            isTold = false;
        } else if (block.type == BlockType::Html && !isTold &&
                   context.laneOf(section) != Lane::Reference) {
            isTold = reportHtmlList(context, block.first, context.tree.literal(i));
        }
    }
}

void reportSlips(ParseContext& context) {
    for (const Block& block : context.tree.blocks()) {
        if (block.type != BlockType::Paragraph && (block.type != BlockType::Item || block.isTask)) {
            continue;
        }
        const int last = block.type == BlockType::Item ? block.first : block.last;
        for (int number = block.first; number <= last; ++number) {
            const std::string_view line = context.source.line(number);
            const auto isInFront = [](char c) { return c == ' ' || c == '\t' || c == '>'; };
            const auto text = std::find_if_not(line.begin(), line.end(), isInFront);
            const std::size_t start = std::size_t(text - line.begin());
            if (start + 3 > line.size() ||
                (line[start] != '-' && line[start] != '*' && line[start] != '+')) {
                continue;
            }
            const QString slip = slipOf(line.substr(start));
            // An item's first line is that of its paragraph too.
            if (!slip.isEmpty() &&
                (block.type == BlockType::Paragraph) == (line.substr(start + 1, 1) == "[")) {
                context.diagnose(number, columnOf(line, start), Severity::Warning, slip);
            }
        }
    }
}

} // namespace models
