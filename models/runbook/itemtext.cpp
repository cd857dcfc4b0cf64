// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/itemtext.h"

#include "models/runbook/listrole.h"
#include "models/runbook/plainline.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace models {

namespace {

/// What stands outside the runs of one kind, told by their depth.
struct Outside {
    int strongDepth = -1;
    int linkDepth = -1;
    bool strong = false; ///< text outside bold
    bool link = false;
    bool code = false;
    int codes = 0;
    int links = 0;
};

bool isPunctuation(std::string_view text) {
    return text.find_first_not_of(" .:;,") == std::string_view::npos;
}

void addText(Outside& outside, std::string_view text, bool isCode) {
    if (isPunctuation(text)) {
        return;
    }
    outside.strong = outside.strong || outside.strongDepth < 0;
    outside.link = outside.link || outside.linkDepth < 0;
    outside.code = outside.code || !isCode;
}

/// As trimmed(), in place.
void trim(std::string& text) {
    const std::string_view rest = trimmed(text);
    text.erase(0, std::size_t(rest.data() - text.data()));
    text.resize(rest.size());
}

/// Of a line that can be read without the library's tree. Nothing where there is other mark-up.
std::optional<ItemText> readPlainLine(std::string_view line) {
    ItemText item;
    if (isWithoutMarkup(line)) {
        item.title = line;
        return item;
    }
    LineRuns runs;
    if (!readLineRuns(line, runs)) {
        return std::nullopt;
    }
    Outside outside;
    bool hasStrong = false;
    item.title.reserve(line.size());
    for (const LineRun& run : runs) {
        if (run.isCode && ++outside.codes == 1) {
            item.code = run.text;
        }
        hasStrong = hasStrong || run.isBold;
        outside.strongDepth = run.isBold ? 0 : -1;
        addText(outside, run.text, run.isCode);
        item.title += run.text;
    }
    if (item.title.find("<!--") != std::string::npos ||
        item.title.find("~~") != std::string::npos) {
        return std::nullopt;
    }
    item.isOnlyCode = outside.codes == 1 && !outside.code;
    item.isOnlyStrong = hasStrong && !outside.strong;
    trim(item.title);
    return item;
}

} // namespace

ItemText readItemText(const ParseContext& context, int paragraph) {
    using Kind = MarkdownTree::InlineKind;
    const Block& block = context.tree[paragraph];
    if (block.first == block.last && context.standsInLines(block)) {
        if (auto item = readPlainLine(trimmed(context.source.line(block.first)))) {
            return std::move(*item);
        }
    }
    ItemText item;
    Outside outside;
    bool hasStrong = false;
    for (const MarkdownTree::Inline& run : context.tree.inlines(paragraph)) {
        if (outside.strongDepth >= 0 && run.depth <= outside.strongDepth) {
            outside.strongDepth = -1;
        }
        if (outside.linkDepth >= 0 && run.depth <= outside.linkDepth) {
            outside.linkDepth = -1;
        }
        switch (run.kind) {
        case Kind::Text:
        case Kind::Code:
            if (run.kind == Kind::Code && ++outside.codes == 1) {
                item.code = run.text;
            }
            addText(outside, run.text, run.kind == Kind::Code);
            item.title += run.text;
            break;
        case Kind::Break:
            item.title += ' ';
            break;
        case Kind::Html:
            if (const auto annotation = annotationFromComment(run.text)) {
                item.annotations.push_back(*annotation);
            }
            break;
        case Kind::Link:
            if (++outside.links == 1) {
                item.link = run.text;
            }
            outside.linkDepth = run.depth;
            break;
        case Kind::Strong:
            hasStrong = true;
            outside.strongDepth = run.depth;
            break;
        case Kind::Emphasis:
            break;
        }
    }
    item.isOnlyCode = outside.codes == 1 && !outside.code;
    item.isOnlyLink = outside.links == 1 && !outside.link;
    item.isOnlyStrong = hasStrong && !outside.strong;
    item.hasOpenComment = item.title.find("<!--") != std::string::npos;
    if (item.hasOpenComment) {
        item.title.resize(item.title.find("<!--"));
    }
    for (std::size_t at = item.title.find("~~"); at != std::string::npos;
         at = item.title.find("~~")) {
        item.title.erase(at, 2);
    }
    trim(item.title);
    return item;
}

ItemText readTitle(const ParseContext& context, int item) {
    const int first = context.tree[item].firstChild;
    if (first < 0 || context.tree[first].type != BlockType::Paragraph) {
        return {};
    }
    const Block& paragraph = context.tree[first];
    if (paragraph.first == paragraph.last && paragraph.first == context.tree[item].first) {
        std::string_view line = firstLineOfItem(context, item);
        if (context.tree[item].isTask) {
            line = trimmed(line.substr(std::min(line.size(), std::size_t(3))));
        }
        if (auto text = readPlainLine(line)) {
            return std::move(*text);
        }
    }
    return readItemText(context, first);
}

} // namespace models
