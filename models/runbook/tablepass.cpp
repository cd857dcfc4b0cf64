// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/tablepass.h"

#include "models/runbook/commandtext.h"

#include <algorithm>
#include <array>

namespace models {

namespace {

using Word = std::string_view;

struct Row {
    std::vector<std::string> cells;
    std::string command; ///< that somebody may expect to run
    int line = 1;
};

struct Table {
    std::vector<std::vector<std::string>> headings; ///< of each column, as lower-case words
    std::vector<Row> rows;

    /// The first column whose heading has one of these words, -1 where none has.
    [[nodiscard]] int column(std::initializer_list<Word> names) const {
        for (std::size_t i = 0; i < headings.size(); ++i) {
            for (const std::string& word : headings[i]) {
                if (std::find(names.begin(), names.end(), word) != names.end()) {
                    return int(i);
                }
            }
        }
        return -1;
    }
};

Word cell(const Row& row, int column) {
    return column >= 0 && std::size_t(column) < row.cells.size()
               ? trimmed(row.cells[std::size_t(column)])
               : Word();
}

/// All cells but one, as one text.
std::string rest(const Row& row, int column) {
    std::string text;
    for (int i = 0; i < int(row.cells.size()); ++i) {
        const Word value = cell(row, i);
        if (i != column && !value.empty()) {
            text += (text.empty() ? "" : " — ") + std::string(value);
        }
    }
    return text;
}

/// A command that is all of a cell, or stands behind "Run": so written it runs in a list.
std::string commandIn(const MarkdownTree& tree, int cell) {
    const MarkdownTree::Inlines runs = tree.inlines(cell);
    for (qsizetype i = 0; i < runs.size(); ++i) {
        if (runs[i].kind != MarkdownTree::InlineKind::Code || !startsWithTool(runs[i].text)) {
            continue;
        }
        const Word before = i == 1 ? trimmed(runs[0].text) : Word();
        if (runs.size() == 1 || before == "Run" || before == "Execute") {
            return std::string(runs[i].text);
        }
    }
    return {};
}

Table tableFrom(const ParseContext& context, int index) {
    Table table;
    const MarkdownTree& tree = context.tree;
    for (int row = tree[index].firstChild; row >= 0; row = tree[row].next) {
        Row values;
        values.line = tree[row].first;
        // A line of prose directly behind a table is a row for the library.
        if (context.source.line(values.line).find('|') == Word::npos) {
            continue;
        }
        for (int i = tree[row].firstChild; i >= 0; i = tree[i].next) {
            tree.appendPlainText(i, values.cells.emplace_back());
            if (values.command.empty()) {
                values.command = commandIn(tree, i);
            }
        }
        if (tree[row].isHeader) {
            for (const std::string& heading : values.cells) {
                table.headings.push_back(vocabulary::words(heading));
            }
        } else {
            table.rows.push_back(std::move(values));
        }
    }
    return table;
}

bool isVariableName(Word text) {
    return text.size() > 1 &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_*") == Word::npos;
}

bool isDone(Word status) {
    static constexpr auto marks = std::to_array<Word>({"✅", "☑", "✔", "[x]", "[X]"});
    return std::any_of(marks.begin(), marks.end(),
                       [&](Word mark) { return status.find(mark) != Word::npos; });
}

bool isContract(const Table& table, int column) {
    const auto named = std::count_if(table.rows.begin(), table.rows.end(), [&](const Row& row) {
        return isVariableName(cell(row, column));
    });
    return column >= 0 && table.headings.size() > 1 &&
           named * 2 > std::ptrdiff_t(table.rows.size());
}

bool isRisks(const Table& table, bool isRiskSection) {
    return table.column({"gap", "gaps", "risk", "risks", "limitation", "limitations"}) >= 0 ||
           (isRiskSection && !table.rows.empty());
}

bool isHistory(const Table& table, int status) {
    return !table.rows.empty() &&
           std::all_of(table.rows.begin(), table.rows.end(),
                       [&](const Row& row) { return isDone(cell(row, status)); });
}

void reportCommand(ParseContext& context, const Row& row) {
    context.diagnose(
        row.line, 1, Severity::Hint,
        QStringLiteral("Commands in tables do not run: this step is done by hand. To "
                       "have \"%1\" run, write the step as an item of a list, with the "
                       "command in a fence.")
            .arg(toString(row.command)));
}

std::vector<TableStep> stepsFrom(ParseContext& context, const Table& table, int status, int owner) {
    std::vector<TableStep> steps;
    int title =
        table.column({"step", "task", "action", "check", "item", "activity", "test", "what"});
    for (int i = 0; title < 0 && i < int(table.headings.size()); ++i) {
        title = i == status || i == owner || table.headings[std::size_t(i)].empty() ? -1 : i;
    }
    for (const Row& row : table.rows) {
        if (cell(row, title).empty()) {
            continue;
        }
        TableStep step;
        step.title = std::string(cell(row, title));
        step.owner = toString(cell(row, owner));
        step.wasChecked = isDone(cell(row, status));
        step.line = row.line;
        steps.push_back(std::move(step));
        if (!row.command.empty()) {
            reportCommand(context, row);
        }
    }
    return steps;
}

} // namespace

std::vector<TableStep> readTable(ParseContext& context, int index, int section) {
    Runbook& book = context.book;
    const bool hasSection = section >= 0;
    const SectionTraits traits =
        hasSection ? context.traits[std::size_t(section)] : SectionTraits();
    const Lane lane = context.laneOf(section);
    const Table table = tableFrom(context, index);
    const int variable = table.column({"variable", "variables", "secret", "env", "key", "setting"});
    if (book.kind == DocumentKind::History) {
        return {};
    }
    if (isContract(table, variable)) {
        for (const Row& row : table.rows) {
            book.contract.append(
                {toString(cell(row, variable)), toString(rest(row, variable)), row.line});
        }
        return {};
    }
    const int status = table.column({"status", "done", "complete", "completed", "result"});
    if (isRisks(table, traits.isRisks)) {
        for (const Row& row : table.rows) {
            Risk risk;
            risk.line = row.line;
            risk.status = toString(cell(row, status));
            risk.text = toString(rest(row, status));
            book.risks.append(risk);
        }
        return {};
    }
    if (lane == Lane::Reference) {
        return {};
    }
    const int metric = table.column({"metric", "metrics", "sli", "kpi", "indicator", "alarm"});
    const int threshold = table.column({"threshold", "thresholds", "target", "slo", "sla", "limit",
                                        "trigger", "alert", "acceptable", "criteria"});
    if ((metric >= 0 && threshold >= 0) || table.column({"threshold", "thresholds"}) >= 0) {
        for (const Row& row : table.rows) {
            const int name = metric >= 0 ? metric : 0;
            book.conditions.append(
                {toString(cell(row, name)) + QStringLiteral(": ") + toString(cell(row, threshold)),
                 row.line, traits.isTrigger});
        }
        return {};
    }
    const int owner = table.column({"owner", "assignee", "responsible"});
    const bool isChecklist = status >= 0 || owner >= 0 || table.column({"check"}) >= 0;
    if (!isChecklist || isHistory(table, status)) {
        return {};
    }
    return stepsFrom(context, table, status, owner);
}

} // namespace models
