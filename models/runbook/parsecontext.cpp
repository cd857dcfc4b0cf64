// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/parsecontext.h"

#include "models/runbook/plainline.h"

#include <algorithm>

namespace models {

namespace {

/// Appends what a line shows. False where only the library knows.
bool appendLine(std::string_view line, std::string& text) {
    if (isWithoutMarkup(line)) {
        text += line;
        return true;
    }
    LineRuns runs;
    if (!readLineRuns(line, runs)) {
        return false;
    }
    for (const LineRun& run : runs) {
        text += run.text;
    }
    return true;
}

/// The text behind the marks of a heading; empty where the line is no such heading.
std::string_view headingText(std::string_view line, const Block& heading) {
    if (line.empty() || line.front() != '#' || line.back() == '#') {
        return {};
    }
    return trimmed(line.substr(std::min(line.size(), std::size_t(heading.level))));
}

} // namespace

std::string_view ParseContext::firstLineOf(const Block& item) const {
    std::string_view line = source.line(item.first);
    line = line.substr(std::min(line.size(), std::size_t(item.column) - 1));
    const auto text =
        std::find_if(line.begin(), line.end(), [](char c) { return c == ' ' || c == '\t'; });
    return trimmed(line.substr(std::size_t(text - line.begin())));
}

std::string_view ParseContext::onlyLineOf(const Block& paragraph) const {
    if (paragraph.first != paragraph.last) {
        return {};
    }
    const Block& parent = tree[paragraph.parent];
    if (parent.type != BlockType::Item || paragraph.first != parent.first) {
        return standsInLines(paragraph) ? trimmed(source.line(paragraph.first))
                                        : std::string_view();
    }
    const std::string_view line = firstLineOf(parent);
    constexpr std::size_t checkBox = 3;
    return parent.isTask ? trimmed(line.substr(std::min(line.size(), checkBox))) : line;
}

bool ParseContext::standsInLines(const Block& paragraph) const {
    const Block& parent = tree[paragraph.parent];
    if (parent.type == BlockType::Item && paragraph.first == parent.first) {
        return false; // behind the item's mark
    }
    for (int above = paragraph.parent; above >= 0; above = tree[above].parent) {
        if (tree[above].type == BlockType::Quote) {
            return false;
        }
    }
    return true;
}

std::string_view ParseContext::plainText(int index, std::string& buffer) const {
    const Block& block = tree[index];
    buffer.clear();
    // Most lines are plain, and need no walk through the library's tree.
    if (block.type == BlockType::Heading && block.first == block.last) {
        const std::string_view line = headingText(trimmed(source.line(block.first)), block);
        if (!line.empty() && isWithoutMarkup(line)) {
            return line;
        }
        if (!line.empty() && appendLine(line, buffer)) {
            return trimmed(buffer);
        }
    } else if (block.type == BlockType::Paragraph && block.first == block.last) {
        const std::string_view line = onlyLineOf(block);
        if (!line.empty() && appendLine(line, buffer)) {
            return trimmed(buffer);
        }
    } else if (block.type == BlockType::Paragraph && standsInLines(block)) {
        bool isPlain = true;
        for (int line = block.first; isPlain && line <= block.last; ++line) {
            isPlain = appendLine(trimmed(source.line(line)), buffer);
            buffer += '\n';
        }
        if (isPlain) {
            return trimmed(buffer);
        }
    }
    buffer.clear();
    tree.appendPlainText(index, buffer);
    return trimmed(buffer);
}

} // namespace models
