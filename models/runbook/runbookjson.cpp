// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/runbookjson.h"

#include "models/runbook/runbooknames.h"

#include <QJsonArray>

namespace models {

namespace {

template <class List, class Function>
QJsonArray array(const List& list, Function toJson) {
    QJsonArray result;
    for (const auto& value : list) {
        result.append(toJson(value));
    }
    return result;
}

QJsonValue textOrNull(const QString& text) {
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonObject waveJson(const WaveRule& wave) {
    if (!wave.each.isEmpty()) {
        return {{QStringLiteral("each"), QJsonArray::fromStringList(wave.each)}};
    }
    if (wave.services) {
        return {{QStringLiteral("services"), true}};
    }
    return wave.hosts > 0 ? QJsonObject{{QStringLiteral("hosts"), wave.hosts}}
                          : QJsonObject{{QStringLiteral("name"), wave.name}};
}

QJsonObject sectionJson(const Section& section) {
    QJsonObject object{{QStringLiteral("title"), section.title},
                       {QStringLiteral("level"), section.level},
                       {QStringLiteral("line"), section.line},
                       {QStringLiteral("lane"), nameOf(section.lane)},
                       {QStringLiteral("environment"), textOrNull(section.environment)}};
    if (section.wave) {
        object.insert(QStringLiteral("wave"), waveJson(*section.wave));
    }
    return object;
}

QJsonObject commandJson(const Command& command) {
    return {{QStringLiteral("line"), command.line},
            {QStringLiteral("language"), command.language},
            {QStringLiteral("text"), command.text},
            {QStringLiteral("streaming"), command.streaming},
            {QStringLiteral("destructive"), command.destructive},
            {QStringLiteral("needs_terminal"), command.needsTerminal},
            {QStringLiteral("as_written"), command.asWritten},
            {QStringLiteral("choice"), textOrNull(command.choice)}};
}

QJsonObject expectationJson(const Expectation& expectation) {
    return {{QStringLiteral("kind"), nameOf(expectation.kind)},
            {QStringLiteral("text"), expectation.text},
            {QStringLiteral("line"), expectation.line}};
}

QJsonObject stepJson(const Runbook& runbook, const Step& step) {
    const QString section = step.section >= 0 ? runbook.sections[step.section].title : QString();
    const QJsonValue parent = step.parent >= 0 ? QJsonValue(runbook.steps[step.parent].id.text())
                                               : QJsonValue(QJsonValue::Null);
    return {{QStringLiteral("id"), step.id.text()},
            {QStringLiteral("title"), step.title},
            {QStringLiteral("kind"), nameOf(step.kind)},
            {QStringLiteral("lane"), nameOf(step.lane)},
            {QStringLiteral("section"), section},
            {QStringLiteral("depth"), step.depth},
            {QStringLiteral("parent"), parent},
            {QStringLiteral("line"), step.range.first},
            {QStringLiteral("end_line"), step.range.last},
            {QStringLiteral("inferred"), step.inferred},
            {QStringLiteral("was_checked"), step.wasChecked},
            {QStringLiteral("commands"), array(step.commands, commandJson)},
            {QStringLiteral("expect"), array(step.expectations, expectationJson)},
            {QStringLiteral("placeholders"), QJsonArray::fromStringList(step.placeholders)},
            {QStringLiteral("urgent"), step.urgent},
            {QStringLiteral("environment"), textOrNull(step.environment)},
            {QStringLiteral("refers_to"), textOrNull(step.refersTo)},
            {QStringLiteral("requires_environment"), textOrNull(step.requiresEnvironment)}};
}

QJsonObject countsJson(const Counts& counts) {
    return {{QStringLiteral("sections"), counts.sections},
            {QStringLiteral("task_items"), counts.taskItems},
            {QStringLiteral("task_items_nested"), counts.taskItemsNested},
            {QStringLiteral("task_items_checked"), counts.taskItemsChecked},
            {QStringLiteral("steps"), counts.steps},
            {QStringLiteral("commands"), counts.commands},
            {QStringLiteral("shell_blocks"), counts.shellBlocks},
            {QStringLiteral("expectations"), counts.expectations},
            {QStringLiteral("placeholders"), counts.placeholders},
            {QStringLiteral("rollback_steps"), counts.rollbackSteps},
            {QStringLiteral("conditions"), counts.conditions}};
}

QJsonObject contractJson(const ContractVariable& variable) {
    return {{QStringLiteral("name"), variable.name},
            {QStringLiteral("rules"), variable.rules},
            {QStringLiteral("line"), variable.line}};
}

QJsonObject conditionJson(const ConditionText& condition) {
    return {{QStringLiteral("text"), condition.text},
            {QStringLiteral("line"), condition.line},
            {QStringLiteral("trigger"), condition.trigger}};
}

QJsonObject riskJson(const Risk& risk) {
    return {{QStringLiteral("text"), risk.text},
            {QStringLiteral("status"), risk.status},
            {QStringLiteral("line"), risk.line}};
}

QJsonObject diagnosticJson(const Diagnostic& diagnostic) {
    return {{QStringLiteral("line"), diagnostic.line},
            {QStringLiteral("column"), diagnostic.column},
            {QStringLiteral("severity"), nameOf(diagnostic.severity)},
            {QStringLiteral("message"), diagnostic.message}};
}

} // namespace

QJsonObject inspectJson(const Runbook& runbook) {
    const auto step = [&](const Step& value) { return stepJson(runbook, value); };
    return {{QStringLiteral("title"), runbook.title},
            {QStringLiteral("sha256"), runbook.sha256},
            {QStringLiteral("kind"), nameOf(runbook.kind)},
            {QStringLiteral("sections"), array(runbook.sections, sectionJson)},
            {QStringLiteral("steps"), array(runbook.steps, step)},
            {QStringLiteral("contract"), array(runbook.contract, contractJson)},
            {QStringLiteral("conditions"), array(runbook.conditions, conditionJson)},
            {QStringLiteral("risks"), array(runbook.risks, riskJson)},
            {QStringLiteral("counts"), countsJson(runbook.counts)},
            {QStringLiteral("diagnostics"), array(runbook.diagnostics, diagnosticJson)}};
}

} // namespace models
