// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/conditionitems.h"

#include "models/runbook/itemtext.h"

#include <algorithm>

namespace models {

namespace {

SectionTraits traitsOf(const ParseContext& context, int section) {
    return section < 0 ? SectionTraits() : context.traits[std::size_t(section)];
}

} // namespace

void addConditions(ParseContext& context, int item, int section) {
    const MarkdownTree& tree = context.tree;
    bool hasList = false;
    for (int child = tree[item].firstChild; child >= 0; child = tree[child].next) {
        if (tree[child].type != BlockType::List) {
            continue;
        }
        hasList = true;
        for (int inner = tree[child].firstChild; inner >= 0; inner = tree[inner].next) {
            addConditions(context, inner, section);
        }
    }
    TitleBuffer buffer;
    const std::string_view title =
        hasList ? std::string_view() : readTitle(context, item, buffer).title;
    if (!title.empty()) {
        context.book.conditions.append(
            {toString(title), tree[item].first, traitsOf(context, section).isTrigger});
    }
}

void addThreshold(ParseContext& context, std::string_view text, int line, int section) {
    constexpr std::size_t longest = 120; // more is a sentence that happens to hold a number
    if (text.size() <= longest && context.laneOf(section) != Lane::Reference &&
        vocabulary::isThreshold(text)) {
        context.book.conditions.append(
            {toString(text), line, traitsOf(context, section).isTrigger});
    }
}

bool readCriteria(ParseContext& context, std::string_view text, int line, int section) {
    constexpr std::string_view mark = "✅";
    const SectionTraits traits = traitsOf(context, section);
    const bool isHistory = context.book.kind == DocumentKind::History;
    if (!traits.isCriteria || isHistory || text.substr(0, mark.size()) != mark) {
        return false;
    }
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view one = trimmed(text.substr(at, end - at));
        one = one.substr(0, mark.size()) == mark ? trimmed(one.substr(mark.size())) : one;
        context.book.conditions.append({toString(one), line, traits.isTrigger});
        at = end + 1;
    }
    return true;
}

} // namespace models
