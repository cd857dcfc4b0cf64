// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draft.h"

#include "models/run/expectation.h"

#include <QJsonArray>

namespace models {

Target targetOfStart(const Event& started) {
    Target target;
    const QJsonValue texts = started.payload.value(u"plan")[u"context"][u"target"];
    const QJsonObject object = texts.toObject();
    for (auto text = object.constBegin(); text != object.constEnd(); ++text)
        target.insert(text.key(), text.value().toString());
    return target;
}

} // namespace models

namespace models::draft {
namespace {

QJsonObject of(const StepId& step) {
    return {{u"step"_qs, step.text()}};
}

QJsonObject of(const StepId& step, int attempt) {
    return {{u"step"_qs, step.text()}, {u"attempt"_qs, attempt}};
}

QJsonObject object(const QMap<QString, QString>& values) {
    QJsonObject result;
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        result.insert(it.key(), it.value());
    return result;
}

QJsonArray array(const QList<ExpectationResult>& results) {
    QJsonArray list;
    for (const ExpectationResult& result : results)
        list.append(expectationResultToJson(result));
    return list;
}

QJsonObject ending(const StepId& step, const Attempt& attempt, StepStatus status) {
    QJsonObject payload = of(step, attempt.number);
    payload.insert(u"status"_qs, stepStatusName(status));
    if (attempt.exitCode)
        payload.insert(u"exit"_qs, *attempt.exitCode);
    if (!attempt.reason.isEmpty())
        payload.insert(u"reason"_qs, attempt.reason);
    if (!attempt.evidence.isEmpty())
        payload.insert(u"evidence"_qs, attempt.evidence);
    if (!attempt.expectations.isEmpty())
        payload.insert(u"expectations"_qs, array(attempt.expectations));
    if (attempt.stateSaved)
        payload.insert(u"stateSaved"_qs, true);
    if (attempt.outputCut)
        payload.insert(u"outputCut"_qs, true);
    if (attempt.leftBehind > 0)
        payload.insert(u"leftBehind"_qs, attempt.leftBehind);
    if (attempt.migratedNothing)
        payload.insert(u"migratedNothing"_qs, true);
    return payload;
}

} // namespace

EventDraft runStarted(const Plan& plan, const QMap<QString, QString>& variables) {
    return {EventKind::RunStarted,
            {{u"plan"_qs, planToJson(plan)}, {u"variables"_qs, object(variables)}}};
}

EventDraft variablesSet(const QMap<QString, QString>& values, const QStringList& secretNames) {
    QJsonObject payload{{u"variables"_qs, object(values)}};
    if (!secretNames.isEmpty())
        payload.insert(u"secrets"_qs, QJsonArray::fromStringList(secretNames));
    return {EventKind::VariablesSet, payload};
}

EventDraft stepStarted(const StepId& step, const Attempt& attempt) {
    QJsonObject payload = of(step, attempt.number);
    payload.insert(u"place"_qs, attempt.place);
    payload.insert(u"shell"_qs, attempt.shell);
    payload.insert(u"script"_qs, attempt.script);
    QJsonArray commands;
    for (const int index : attempt.commands)
        commands.append(index);
    payload.insert(u"commands"_qs, commands);
    if (!attempt.variables.isEmpty())
        payload.insert(u"variables"_qs, object(attempt.variables));
    if (!attempt.secrets.isEmpty())
        payload.insert(u"secrets"_qs, QJsonArray::fromStringList(attempt.secrets));
    if (!attempt.workingDirectory.isEmpty())
        payload.insert(u"cwd"_qs, attempt.workingDirectory);
    if (attempt.restoreNumber > 0)
        payload.insert(u"restore"_qs, of(attempt.restoreStep, attempt.restoreNumber));
    if (attempt.timeLimit.count() > 0)
        payload.insert(u"timeLimitMs"_qs, static_cast<qint64>(attempt.timeLimit.count()));
    if (attempt.expectExit != 0)
        payload.insert(u"expectExit"_qs, attempt.expectExit);
    if (!attempt.errexit)
        payload.insert(u"errexit"_qs, false);
    if (attempt.streaming)
        payload.insert(u"streaming"_qs, true);
    if (attempt.interactive)
        payload.insert(u"interactive"_qs, true);
    if (attempt.edited)
        payload.insert(u"edited"_qs, true);
    if (attempt.fresh)
        payload.insert(u"fresh"_qs, true);
    if (attempt.alone)
        payload.insert(u"alone"_qs, true);
    return {EventKind::StepStarted, payload};
}

EventDraft stepFinished(const StepId& step, const Attempt& attempt, StepStatus status) {
    return {EventKind::StepFinished, ending(step, attempt, status)};
}

EventDraft stepConfirmed(const StepId& step, bool passed, const QString& remark,
                         const QString& host) {
    QJsonObject payload = of(step);
    payload.insert(u"passed"_qs, passed);
    if (!remark.isEmpty())
        payload.insert(u"remark"_qs, remark);
    if (!host.isEmpty())
        payload.insert(u"host"_qs, host);
    return {EventKind::StepConfirmed, payload};
}

EventDraft stepSkipped(const StepId& step, const QString& reason) {
    QJsonObject payload = of(step);
    payload.insert(u"reason"_qs, reason);
    return {EventKind::StepSkipped, payload};
}

EventDraft stepMarkedPassed(const StepId& step, const QString& evidence, const QString& host) {
    QJsonObject payload = of(step);
    payload.insert(u"evidence"_qs, evidence);
    if (!host.isEmpty())
        payload.insert(u"host"_qs, host);
    return {EventKind::StepMarkedPassed, payload};
}

EventDraft stepReopened(const StepId& step) {
    return {EventKind::StepReopened, of(step)};
}

EventDraft ownerSet(const StepId& step, const QString& owner) {
    QJsonObject payload = of(step);
    payload.insert(u"owner"_qs, owner);
    return {EventKind::StepEdited, payload};
}

EventDraft scriptEdited(const StepId& step, const QString& script) {
    QJsonObject payload = of(step);
    payload.insert(u"script"_qs, script);
    return {EventKind::StepEdited, payload};
}

EventDraft noteAdded(const StepId& step, const QString& text) {
    QJsonObject payload{{u"text"_qs, text}};
    if (!step.isEmpty())
        payload.insert(u"step"_qs, step.text());
    return {EventKind::NoteAdded, payload};
}

EventDraft evidencePinned(const StepId& step, const QString& remark,
                          const QList<PinnedLine>& lines) {
    QJsonObject payload{{u"remark"_qs, remark}, {u"lines"_qs, pinnedLinesToJson(lines)}};
    if (!step.isEmpty())
        payload.insert(u"step"_qs, step.text());
    return {EventKind::EvidencePinned, payload};
}

EventDraft inputSent(const StepId& step, int attempt, int number, qint64 size) {
    QJsonObject payload = of(step, attempt);
    payload.insert(u"input"_qs, number);
    payload.insert(u"text"_qs, u"%1 bytes of input sent"_qs.arg(size));
    return {EventKind::NoteAdded, payload};
}

EventDraft driverChanged() {
    return {EventKind::DriverChanged, {}};
}

EventDraft commandAdded(const StepId& after, const StepId& step, const QString& shell,
                        const QString& script) {
    QJsonObject payload = of(step);
    payload.insert(u"after"_qs, after.text());
    payload.insert(u"shell"_qs, shell);
    payload.insert(u"script"_qs, script);
    return {EventKind::CommandAdded, payload};
}

EventDraft outcomeUnknown(const StepId& step, int attempt, const QString& reason,
                          const QString& evidence, Loss loss) {
    QJsonObject payload = of(step, attempt);
    payload.insert(u"reason"_qs, reason);
    payload.insert(u"evidence"_qs, evidence);
    if (loss == Loss::ForGood)
        payload.insert(u"final"_qs, true);
    return {EventKind::OutcomeUnknown, payload};
}

EventDraft reattached(const StepId& step, const Attempt& attempt) {
    QJsonObject payload = of(step, attempt.number);
    payload.insert(u"place"_qs, attempt.place);
    payload.insert(u"out"_qs, attempt.outputBytes[0]);
    payload.insert(u"err"_qs, attempt.outputBytes[1]);
    return {EventKind::Reattached, payload};
}

EventDraft askedAgain(const StepId& step, const Attempt& attempt) {
    EventDraft draft = reattached(step, attempt);
    draft.payload.insert(u"asked"_qs, true);
    return draft;
}

EventDraft cancelRequested(const StepId& step, int attempt, const QString& reason) {
    QJsonObject payload = of(step, attempt);
    if (!reason.isEmpty())
        payload.insert(u"reason"_qs, reason);
    return {EventKind::CancelRequested, payload};
}

EventDraft cancelled(const StepId& step, const Attempt& attempt, StepStatus status) {
    return {EventKind::Cancelled, ending(step, attempt, status)};
}

EventDraft notStarted(const StepId& step, int attempt, const QString& reason) {
    QJsonObject payload = of(step, attempt);
    payload.insert(u"status"_qs, stepStatusName(StepStatus::Failed));
    payload.insert(u"started"_qs, false);
    payload.insert(u"reason"_qs, reason);
    return {EventKind::StepFinished, payload};
}

EventDraft sessionLost(const StepId& step, int attempt, const QString& reason) {
    EventDraft fact = notStarted(step, attempt, reason);
    fact.payload.insert(u"sessionLost"_qs, true);
    return fact;
}

EventDraft gatePassed(const StepId& step, const QString& remark) {
    QJsonObject payload = of(step);
    if (!remark.isEmpty())
        payload.insert(u"remark"_qs, remark);
    return {EventKind::GatePassed, payload};
}

EventDraft gateOverridden(const StepId& step, const QString& reason, const QString& second) {
    QJsonObject payload = of(step);
    payload.insert(u"reason"_qs, reason);
    if (!second.isEmpty())
        payload.insert(u"second"_qs, second);
    return {EventKind::GateOverridden, payload};
}

EventDraft waveEntered(const StepId& step, const QString& wave) {
    QJsonObject payload = of(step);
    payload.insert(u"wave"_qs, wave);
    return {EventKind::WaveEntered, payload};
}

EventDraft timerSet(const StepId& step, Instant until) {
    QJsonObject payload = of(step);
    payload.insert(u"until"_qs, until.toString());
    return {EventKind::TimerSet, payload};
}

EventDraft timerFired(const StepId& step) {
    return {EventKind::TimerFired, of(step)};
}

EventDraft runPaused() {
    return {EventKind::RunPaused, {}};
}

EventDraft runResumed() {
    return {EventKind::RunResumed, {}};
}

EventDraft runClosed(RunOutcome outcome, const QString& reason) {
    return {EventKind::RunClosed,
            {{u"outcome"_qs, runOutcomeName(outcome)}, {u"reason"_qs, reason}}};
}

} // namespace models::draft
