// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/itemtext.h"

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
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == ' ' || c == '.' || c == ':' || c == ';' || c == ',';
    });
}

void addText(Outside& outside, std::string_view text, bool isCode) {
    if (isPunctuation(text)) {
        return;
    }
    outside.strong = outside.strong || outside.strongDepth < 0;
    outside.link = outside.link || outside.linkDepth < 0;
    outside.code = outside.code || !isCode;
}

void append(TitleBuffer& buffer, std::string_view text) {
    buffer.append(text.data(), qsizetype(text.size()));
}

std::string_view view(const TitleBuffer& buffer) {
    return {buffer.constData(), std::size_t(buffer.size())};
}

/// Of a line that can be read without the library's tree. Nothing where there is other mark-up.
std::optional<ItemText> readPlainLine(std::string_view line, TitleBuffer& buffer) {
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
    buffer.clear();
    for (const LineRun& run : runs) {
        if (run.isCode && ++outside.codes == 1) {
            item.code = run.text;
        }
        hasStrong = hasStrong || run.isBold;
        outside.strongDepth = run.isBold ? 0 : -1;
        outside.linkDepth = run.address.empty() ? -1 : 0;
        if (outside.linkDepth == 0 && ++outside.links == 1) {
            item.link = run.address;
        }
        addText(outside, run.text, run.isCode);
        append(buffer, run.text);
    }
    item.title = view(buffer);
    if (item.title.find("<!--") != item.title.npos || item.title.find("~~") != item.title.npos) {
        return std::nullopt;
    }
    item.isOnlyCode = outside.codes == 1 && !outside.code;
    item.isOnlyLink = outside.links == 1 && !outside.link;
    item.isOnlyStrong = hasStrong && !outside.strong;
    item.title = trimmed(item.title);
    return item;
}

} // namespace

ItemText readItemText(const ParseContext& context, int paragraph, TitleBuffer& buffer) {
    using Kind = MarkdownTree::InlineKind;
    const std::string_view line = context.onlyLineOf(context.tree[paragraph]);
    if (!line.empty()) {
        if (auto item = readPlainLine(line, buffer)) {
            return std::move(*item);
        }
    }
    ItemText item;
    Outside outside;
    bool hasStrong = false;
    buffer.clear();
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
            append(buffer, run.text);
            break;
        case Kind::Break:
            buffer.append(' ');
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
    item.hasOpenComment = view(buffer).find("<!--") != std::string_view::npos;
    if (item.hasOpenComment) {
        buffer.resize(qsizetype(view(buffer).find("<!--")));
    }
    for (std::size_t at = view(buffer).find("~~"); at != std::string_view::npos;
         at = view(buffer).find("~~")) {
        buffer.remove(qsizetype(at), 2);
    }
    item.title = trimmed(view(buffer));
    return item;
}

ItemText readTitle(const ParseContext& context, int item, TitleBuffer& buffer) {
    const int first = context.tree[item].firstChild;
    if (first < 0 || context.tree[first].type != BlockType::Paragraph) {
        return {};
    }
    return readItemText(context, first, buffer);
}

} // namespace models
