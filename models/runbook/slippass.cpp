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

} // namespace

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
