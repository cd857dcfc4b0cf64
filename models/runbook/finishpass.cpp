// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/finishpass.h"

#include "models/runbook/commandtext.h"

#include <QHash>

#include <algorithm>
#include <array>

namespace models {

namespace {

/// FNV-1a over UTF-16: stable between versions and machines, unlike qHash.
quint32 stableHash(QStringView text, quint32 seed) {
    quint32 hash = seed;
    for (const QChar c : text) {
        hash = (hash ^ c.unicode()) * 16777619U;
    }
    return (hash ^ 0xFFU) * 16777619U;
}

/// What a character of a title is in an id: letters fold, digits stay, all else parts words.
constexpr auto idCharacters = [] {
    std::array<char, 128> table{};
    table.fill('-');
    for (char c = '0'; c <= '9'; ++c) {
        table[std::size_t(c)] = c;
    }
    for (char c = 'a'; c <= 'z'; ++c) {
        table[std::size_t(c)] = c;
        table[std::size_t(c - 'a' + 'A')] = c;
    }
    return table;
}();

/// An id: the title's letters and digits, and what tells it from equal titles elsewhere.
QString idFor(QStringView title, quint32 hash) {
    constexpr std::size_t longest = 48;
    std::array<char, longest + 8> text;
    std::size_t size = 0;
    char previous = '-';
    for (const QChar c : title) {
        const char character = c.unicode() < idCharacters.size() ? idCharacters[c.unicode()] : '-';
        text[size] = character; // stays where it is no second '-' on end
        size += character != '-' || previous != '-' ? 1 : 0;
        previous = character;
        if (size >= longest) {
            break;
        }
    }
    if (size == 0) {
        for (const char c : {'s', 't', 'e', 'p'}) {
            text[size++] = c;
        }
    }
    if (text[size - 1] != '-') {
        text[size++] = '-';
    }
    for (int shift = 20; shift >= 0; shift -= 4) {
        text[size++] = "0123456789abcdef"[(hash >> shift) & 0xFU];
    }
    return QString::fromLatin1(text.data(), qsizetype(size));
}

/// Section path, parent steps' titles and title make the id; an ordinal parts equal ones.
void giveIds(Runbook& book) {
    std::vector<quint32> sectionHash;
    sectionHash.reserve(std::size_t(book.sections.size()));
    for (const Section& section : book.sections) {
        const quint32 above =
            section.parent >= 0 ? sectionHash[std::size_t(section.parent)] : 2166136261U;
        sectionHash.push_back(stableHash(section.title, above));
    }
    std::vector<quint32> stepHash;
    stepHash.reserve(std::size_t(book.steps.size()));
    QHash<quint32, int> seen; // ids differ where the ends of their hashes do
    seen.reserve(book.steps.size());
    for (Step& step : book.steps) {
        const quint32 above = step.parent >= 0    ? stepHash[std::size_t(step.parent)]
                              : step.section >= 0 ? sectionHash[std::size_t(step.section)]
                                                  : 2166136261U;
        const quint32 hash = stableHash(step.title, above);
        stepHash.push_back(hash);
        const QString id = idFor(step.title, hash);
        const int ordinal = ++seen[hash & 0xFFFFFFU];
        step.id = StepId(ordinal == 1 ? id : id + u'-' + QString::number(ordinal));
    }
}

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
    giveIds(context.book);
    count(context);
    std::stable_sort(context.book.diagnostics.begin(), context.book.diagnostics.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                         return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                     });
}

} // namespace models
