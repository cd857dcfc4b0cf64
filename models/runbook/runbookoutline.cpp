// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbookjson.h"
#include "models/runbook/runbooknames.h"

#include <limits>

namespace models {

namespace {

void appendStep(QString& text, const Step& step) {
    const QString indent(2 * (step.depth + 1), u' ');
    QStringList marks{nameOf(step.kind)};
    if (step.lane != Lane::Main) {
        marks.append(nameOf(step.lane));
    }
    if (step.urgent) {
        marks.append(QStringLiteral("urgent"));
    }
    if (step.inferred) {
        marks.append(QStringLiteral("inferred"));
    }
    if (step.wasChecked) {
        marks.append(QStringLiteral("was checked"));
    }
    if (!step.environment.isEmpty()) {
        marks.append(QStringLiteral("only ") + step.environment);
    }
    text += QStringLiteral("%1%2. %3 (%4)\n")
                .arg(indent)
                .arg(step.range.first)
                .arg(step.title, marks.join(QStringLiteral(", ")));
    for (const Command& command : step.commands) {
        const auto lines = QStringView(command.text).split(u'\n');
        for (const QStringView line : lines) {
            text += indent + QStringLiteral("    $ ");
            text += line;
            text += u'\n';
        }
    }
    for (const Expectation& expectation : step.expectations) {
        text += QStringLiteral("%1    expected (%2): %3\n")
                    .arg(indent, nameOf(expectation.kind), expectation.text);
    }
    if (!step.placeholders.isEmpty()) {
        text += indent + QStringLiteral("    needs: ") +
                step.placeholders.join(QStringLiteral(", ")) + u'\n';
    }
}

QString waveMark(const WaveRule& wave) {
    if (!wave.each.isEmpty()) {
        return QStringLiteral("once for each of ") + wave.each.join(QStringLiteral(", "));
    }
    if (wave.services) {
        return QStringLiteral("once for each service");
    }
    return wave.hosts > 0 ? QStringLiteral("%1 hosts at a time").arg(wave.hosts)
                          : QStringLiteral("wave ") + wave.name;
}

void appendSection(QString& text, const Section& section) {
    text += QString(section.level, u'#') + u' ' + section.title;
    QStringList marks;
    if (section.lane != Lane::Main) {
        marks.append(nameOf(section.lane));
    }
    if (!section.environment.isEmpty()) {
        marks.append(QStringLiteral("environment ") + section.environment);
    }
    if (section.wave) {
        marks.append(waveMark(*section.wave));
    }
    if (!marks.isEmpty()) {
        text += QStringLiteral(" (%1)").arg(marks.join(QStringLiteral(", ")));
    }
    text += u'\n';
}

void appendFacts(QString& text, const Runbook& runbook) {
    if (!runbook.contract.isEmpty()) {
        text += QStringLiteral("\nVariables of the environment\n");
        for (const ContractVariable& variable : runbook.contract) {
            text += QStringLiteral("  %1. %2: %3\n")
                        .arg(variable.line)
                        .arg(variable.name, variable.rules);
        }
    }
    if (!runbook.conditions.isEmpty()) {
        text += QStringLiteral("\nConditions\n");
        for (const ConditionText& condition : runbook.conditions) {
            text += QStringLiteral("  %1. %2%3\n")
                        .arg(condition.line)
                        .arg(condition.trigger ? QStringLiteral("trigger: ") : QString(),
                             condition.text);
        }
    }
    if (!runbook.risks.isEmpty()) {
        text += QStringLiteral("\nRisks\n");
        for (const Risk& risk : runbook.risks) {
            text += QStringLiteral("  %1. %2%3\n")
                        .arg(risk.line)
                        .arg(risk.text, risk.status.isEmpty() ? QString()
                                                              : QStringLiteral(": ") + risk.status);
        }
    }
}

} // namespace

QString inspectOutline(const Runbook& runbook) {
    QString text = QStringLiteral("%1 (%2)\n").arg(runbook.title, nameOf(runbook.kind));
    qsizetype step = 0;
    const auto appendStepsUpTo = [&](int line) {
        while (step < runbook.steps.size() && runbook.steps[step].range.first < line) {
            appendStep(text, runbook.steps[step++]);
        }
    };
    for (const Section& section : runbook.sections) {
        appendStepsUpTo(section.line);
        appendSection(text, section);
    }
    appendStepsUpTo(std::numeric_limits<int>::max());
    appendFacts(text, runbook);
    if (!runbook.diagnostics.isEmpty()) {
        text += QStringLiteral("\nDiagnostics\n");
        for (const Diagnostic& diagnostic : runbook.diagnostics) {
            text += QStringLiteral("  %1:%2 %3: %4\n")
                        .arg(diagnostic.line)
                        .arg(diagnostic.column)
                        .arg(nameOf(diagnostic.severity), diagnostic.message);
        }
    }
    const Counts& counts = runbook.counts;
    text += QStringLiteral("\nsteps %1 (of rollback %2), commands %3, expectations %4, "
                           "placeholders %5, conditions %6\n")
                .arg(counts.steps)
                .arg(counts.rollbackSteps)
                .arg(counts.commands)
                .arg(counts.expectations)
                .arg(counts.placeholders)
                .arg(counts.conditions);
    return text;
}

} // namespace models
