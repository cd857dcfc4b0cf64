// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/finishpass.h"

#include "models/runbook/commandtext.h"

#include <algorithm>

namespace models {

namespace {

bool isInsideItem(const MarkdownTree& tree, const Block& block) {
    for (int above = block.parent; above >= 0; above = tree[above].parent) {
        if (tree[above].type == BlockType::Item) {
            return true;
        }
    }
    return false;
}

void countBlocks(const MarkdownTree& tree, Counts& counts) {
    for (int i = 0; i < int(tree.blocks().size()); ++i) {
        const Block& block = tree[i];
        if (block.isTask) {
            ++counts.taskItems;
            counts.taskItemsChecked += block.isChecked ? 1 : 0;
            counts.taskItemsNested += isInsideItem(tree, block) ? 1 : 0;
        } else if (block.type == BlockType::Code && block.isFenced) {
            const std::string_view info = tree.info(i);
            counts.shellBlocks += isShellLabel(info.substr(0, info.find_first_of(" \t{"))) ? 1 : 0;
        }
    }
}

void count(ParseContext& context) {
    Runbook& book = context.book;
    Counts& counts = book.counts;
    counts.sections = int(book.sections.size());
    counts.steps = int(book.steps.size());
    counts.conditions = int(book.conditions.size());
    countBlocks(context.tree, counts);
    for (const Step& step : book.steps) {
        counts.expectations += int(step.expectations.size());
        counts.placeholders += int(step.placeholders.size());
        counts.rollbackSteps += step.lane == Lane::Rollback ? 1 : 0;
    }
}

} // namespace

void finish(ParseContext& context) {
    count(context);
    std::stable_sort(context.book.diagnostics.begin(), context.book.diagnostics.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                         return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                     });
}

} // namespace models
