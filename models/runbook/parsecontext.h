// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/markdowntree.h"
#include "models/runbook/runbook.h"
#include "models/runbook/sourcetext.h"
#include "models/runbook/vocabulary.h"

#include <vector>

namespace models {

/// What the passes know of a section beyond its public value; same index as Runbook::sections.
struct SectionTraits {
    vocabulary::Purpose purpose = vocabulary::Purpose::Unclear; ///< of its own heading
    bool isDoing = false;   ///< its numbered lists are steps; inherited
    bool isTrigger = false; ///< its items are conditions that propose a rollback; inherited
    bool isCriteria = false;
    bool isRisks = false;
    bool isUrgent = false;     ///< its steps block what follows; inherited
    int block = -1;            ///< the heading
    std::size_t firstWord = 0; ///< vocabulary::Heading::firstWord
};

/// What the passes of one parse share. Each pass reads what the ones before it wrote.
struct ParseContext {
    const SourceText& source;
    const MarkdownTree& tree;
    Runbook& book;
    std::vector<SectionTraits> traits = {};
    std::vector<int> referring = {}; ///< steps that may name a section or another runbook
    bool hasFences = false;          ///< without any, bare lines may be commands
    bool lostHeadings = false;       ///< they were found again among plain lines

    void diagnose(int line, int column, Severity severity, const QString& message) {
        book.diagnostics.append({line, column, severity, message});
    }
    [[nodiscard]] Lane laneOf(int section) const {
        return section < 0 ? Lane::Main : book.sections[section].lane;
    }
    /// The text of a paragraph, heading or cell without mark-up and white space around it. Lives as
    /// long as the source and `buffer`.
    [[nodiscard]] std::string_view plainText(int block, std::string& buffer) const;

    /// Behind the mark of a list's item, without white space around it.
    [[nodiscard]] std::string_view firstLineOf(const Block& item) const;
    /// The source of a paragraph of one line, without what marks its item or white space around it.
    /// Empty for other paragraphs, and where marks of quotes stand in between.
    [[nodiscard]] std::string_view onlyLineOf(const Block& paragraph) const;
    /// The source lines of a paragraph are its text, white space around them apart.
    [[nodiscard]] bool standsInLines(const Block& paragraph) const;

    /// The last line of a block that is not blank: the library counts blank lines to lists.
    [[nodiscard]] int lastLineOf(const Block& block) const {
        int last = std::min(block.last, source.lineCount());
        while (last > block.first && source.isBlank(last)) {
            --last;
        }
        return last;
    }
};

} // namespace models
