// SPDX-License-Identifier: GPL-3.0-or-later
#include "linelabels.h"

#include <QFile>

#include <array>
#include <optional>
#include <utility>

namespace tests {

namespace {

constexpr std::array<std::pair<LineLabel, const char*>, 7> labelNames = {{
    {LineLabel::Step, "step"},
    {LineLabel::Note, "note"},
    {LineLabel::Reference, "reference"},
    {LineLabel::Rollback, "rollback"},
    {LineLabel::Expectation, "expectation"},
    {LineLabel::Command, "command"},
    {LineLabel::Risk, "risk"},
}};

std::optional<LineLabel> labelFromName(const QByteArray& name) {
    for (const auto& [label, text] : labelNames) {
        if (name == text) {
            return label;
        }
    }
    return std::nullopt;
}

bool opensFence(const QByteArray& text) {
    return text.startsWith("```") || text.startsWith("~~~");
}

bool isLeadIn(QByteArray text) {
    while (text.endsWith('*') || text.endsWith('_')) {
        text.chop(1);
    }
    return text.endsWith(':') && !text.startsWith('#');
}

} // namespace

QString labelName(LineLabel label) {
    for (const auto& [value, text] : labelNames) {
        if (value == label) {
            return QString::fromLatin1(text);
        }
    }
    return {};
}

LabelledDocument readLabels(const QString& path) {
    LabelledDocument document;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return document;
    }
    const QList<QByteArray> rows = file.readAll().trimmed().split('\n');
    for (const QByteArray& row : rows) {
        const QList<QByteArray> cells = row.split('\t');
        if (cells.size() != 2) {
            return {};
        }
        if (cells[0] == "file") {
            document.file = QString::fromUtf8(cells[1]);
        } else if (cells[0] == "sha256") {
            document.sha256 = cells[1];
        } else if (const std::optional<LineLabel> label = labelFromName(cells[1])) {
            document.labels.insert(cells[0].toInt(), *label);
        } else {
            return {};
        }
    }
    return document;
}

LineLabels::LineLabels(const models::Runbook& runbook)
    : m_runbook(runbook)
    , m_lines(runbook.source.split('\n'))
    , m_labels(m_lines.size() + 1, LineLabel::Note) {
    markSections();
    markRisks();
    for (const models::Step& step : runbook.steps) {
        markStep(step);
    }
    markBeginnings();
}

LineLabel LineLabels::at(int line) const {
    return m_labels.value(line, LineLabel::Note);
}

void LineLabels::markSections() {
    const QList<models::Section>& sections = m_runbook.sections;
    for (int index = 0; index < sections.size(); ++index) {
        const int end =
            index + 1 < sections.size() ? sections[index + 1].line : int(m_labels.size());
        for (int line = sections[index].line; line < end; ++line) {
            mark(line, sections[index].lane == models::Lane::Reference ? LineLabel::Reference
                                                                       : LineLabel::Note);
        }
    }
}

void LineLabels::markRisks() {
    for (const models::Risk& risk : m_runbook.risks) {
        mark(risk.line, LineLabel::Risk);
    }
}

void LineLabels::markStep(const models::Step& step) {
    if (step.lane == models::Lane::Reference) {
        for (int line = step.range.first; line <= step.range.last; ++line) {
            mark(line, LineLabel::Reference);
        }
        return;
    }
    for (const models::Command& command : step.commands) {
        markCommand(command);
    }
    for (const models::Expectation& expectation : step.expectations) {
        markExpectation(expectation);
    }
}

void LineLabels::markCommand(const models::Command& command) {
    const qsizetype count = command.text.trimmed().count(QLatin1Char('\n')) + 1;
    for (int line = command.line; line < command.line + count; ++line) {
        mark(line, text(line).startsWith('#') ? LineLabel::Note : LineLabel::Command);
    }
}

void LineLabels::markExpectation(const models::Expectation& expectation) {
    const qsizetype count = expectation.text.trimmed().count(QLatin1Char('\n')) + 1;
    for (int line = expectation.line; line < expectation.line + count; ++line) {
        mark(line, LineLabel::Expectation);
    }
}

void LineLabels::markBeginnings() {
    for (const models::Step& step : m_runbook.steps) {
        if (step.lane != models::Lane::Reference) {
            mark(beginning(step),
                 step.lane == models::Lane::Rollback ? LineLabel::Rollback : LineLabel::Step);
        }
    }
}

int LineLabels::beginning(const models::Step& step) const {
    int line = step.range.first;
    if (text(line).startsWith('#')) {
        while (line < step.range.last && !opensFence(text(line))) {
            ++line;
        }
    }
    if (!opensFence(text(line))) {
        return line;
    }
    int above = line - 1;
    while (above > 0 && text(above).isEmpty()) {
        --above;
    }
    return above > 0 && isLeadIn(text(above)) ? above : line;
}

QByteArray LineLabels::text(int line) const {
    return m_lines.value(line - 1).trimmed();
}

void LineLabels::mark(int line, LineLabel label) {
    if (line > 0 && line < m_labels.size()) {
        m_labels[line] = label;
    }
}

} // namespace tests
