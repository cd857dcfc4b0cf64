// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/listrole.h"

#include <algorithm>

namespace models {

namespace {

using vocabulary::Purpose;

struct ItemCounts {
    int all = 0;
    int tasks = 0;
    int imperative = 0;
    int links = 0;
};

ItemCounts countItems(const ParseContext& context, int list) {
    ItemCounts counts;
    for (int item = context.tree[list].firstChild; item >= 0; item = context.tree[item].next) {
        ++counts.all;
        if (context.tree[item].isTask) {
            ++counts.tasks;
            continue;
        }
        const std::string_view line = context.firstLineOf(context.tree[item]);
        counts.imperative += vocabulary::startsImperatively(line) ? 1 : 0;
        counts.links +=
            !line.empty() && line.front() == '[' && line.find("](") != line.npos ? 1 : 0;
    }
    return counts;
}

/// "Network — VPC, subnets", in every item.
bool holdsDefinitions(const ParseContext& context, int list) {
    int item = context.tree[list].firstChild;
    while (item >= 0) {
        const std::string_view line = context.firstLineOf(context.tree[item]);
        if (context.tree[item].isTask ||
            (line.find(" — ") == line.npos && line.find(" – ") == line.npos)) {
            return false;
        }
        item = context.tree[item].next;
    }
    return true;
}

/// Inside an item that is a step a list says more about it; only imperatives are steps of their
/// own.
ListRole roleOfBullets(const SectionTraits& traits, const ItemCounts& counts, Purpose leadIn) {
    const int plain = counts.all - counts.tasks;
    const bool isAction = traits.isDoing || leadIn == Purpose::Doing;
    return isAction && counts.imperative * 2 > plain ? ListRole::Steps : ListRole::Notes;
}

} // namespace

ListRole roleOfList(const ParseContext& context, int list, int section, Purpose leadIn) {
    const SectionTraits traits =
        section < 0 ? SectionTraits() : context.traits[std::size_t(section)];
    if (traits.isTrigger) {
        return ListRole::Conditions;
    }
    const ItemCounts counts = countItems(context, list);
    const bool isCriteria = traits.isCriteria || leadIn == Purpose::Criteria;
    if (isCriteria && counts.tasks == 0) {
        return ListRole::Conditions;
    }
    if (leadIn == Purpose::Reference || counts.links == counts.all) {
        return ListRole::Notes;
    }
    const bool isReference = context.laneOf(section) == Lane::Reference &&
                             (context.book.kind != DocumentKind::History || !traits.isDoing);
    if (isReference) {
        return ListRole::Notes;
    }
    if (traits.isRisks && counts.tasks == 0) {
        return ListRole::Risks;
    }
    if (!context.tree[list].isOrdered) {
        return roleOfBullets(traits, counts, leadIn);
    }
    // A noun may read like a verb ("Email — SES").
    if (counts.imperative * 4 < counts.all && holdsDefinitions(context, list)) {
        return ListRole::Notes;
    }
    const bool isImperative = counts.imperative * 2 > counts.all - counts.tasks;
    return traits.isDoing || leadIn == Purpose::Doing || isImperative ? ListRole::Steps
                                                                      : ListRole::Notes;
}

int numberOfItem(const ParseContext& context, int item) {
    const Block& block = context.tree[item];
    const std::string_view line = context.source.line(block.first);
    int number = -1;
    for (std::size_t at = std::size_t(block.column) - 1;
         at < line.size() && line[at] >= '0' && line[at] <= '9'; ++at) {
        number = (number < 0 ? 0 : number) * 10 + (line[at] - '0');
    }
    return number;
}

} // namespace models
