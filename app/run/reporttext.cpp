// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/reportformats.h"

namespace app {

namespace {

QString outcomeText(const models::RunState& state) {
    return state.status == models::RunStatus::Closed
               ? models::runOutcomeName(state.outcome)
               : QStringLiteral("not closed (%1)").arg(models::runStatusName(state.status));
}

QString targetText(const models::Target& target) {
    QStringList parts;
    for (auto entry = target.cbegin(); entry != target.cend(); ++entry)
        parts.append(entry.key().isEmpty()
                         ? entry.value()
                         : QStringLiteral("%1=%2").arg(entry.key(), entry.value()));
    return parts.join(QStringLiteral(", "));
}

QString progressText(const models::RunState& state) {
    const bool isRollback = state.plan->runbook.kind == models::DocumentKind::RollbackRunbook;
    const models::Progress progress =
        models::progressOf(state, isRollback ? models::Lane::Rollback : models::Lane::Main);
    return QStringLiteral("%1 of %2 steps done, %3 failed or unknown")
        .arg(progress.done)
        .arg(progress.total)
        .arg(progress.failed);
}

} // namespace

QString reportTitle(const RunRecord& record) {
    if (!record.state.plan)
        return QStringLiteral("Run %1").arg(record.state.id.text());
    const QString& title = record.state.plan->runbook.title;
    return title.isEmpty() ? record.state.plan->context.runbookPath : title;
}

QList<QPair<QString, QString>> reportSummary(const RunRecord& record) {
    const models::RunState& state = record.state;
    QList<QPair<QString, QString>> rows{{QStringLiteral("Outcome"), outcomeText(state)}};
    if (state.plan) {
        const models::PlanContext& context = state.plan->context;
        rows.append({QStringLiteral("Progress"), progressText(state)});
        rows.append({QStringLiteral("Workspace"), context.workspaceName});
        rows.append({QStringLiteral("Runbook"), context.runbookPath});
        rows.append({QStringLiteral("Runbook SHA-256"), state.plan->runbook.sha256});
        rows.append({QStringLiteral("Environment"), context.environment});
        if (!context.target.isEmpty())
            rows.append({QStringLiteral("Target"), targetText(context.target)});
    }
    rows.append({QStringLiteral("Started"),
                 QStringLiteral("%1 by %2").arg(readableTime(state.startedAt), state.startedBy)});
    if (!state.closedAt.isNull()) {
        rows.append({QStringLiteral("Closed"),
                     QStringLiteral("%1, after %2")
                         .arg(readableTime(state.closedAt),
                              readableDuration(state.startedAt, state.closedAt))});
    }
    rows.append({QStringLiteral("Run"), state.id.text()});
    rows.append({QStringLiteral("Report written"), readableTime(record.writtenAt)});
    return rows;
}

QString chainSentence(const RunRecord& record) {
    if (!record.damage.isEmpty())
        return QStringLiteral("The chain of %1 events does NOT verify: %2")
            .arg(record.events)
            .arg(record.damage);
    return QStringLiteral("The chain of %1 events verified when this report was written.")
        .arg(record.events);
}

QList<QPair<QString, QString>> reportVariables(const RunRecord& record) {
    QList<QPair<QString, QString>> rows;
    const auto& values = record.state.variables;
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        rows.append({value.key(), value.value()});
    QStringList secrets = record.state.secretsGiven.values();
    secrets.sort();
    for (const QString& name : std::as_const(secrets))
        rows.append({name, QStringLiteral("(secret)")});
    return rows;
}

QString expectationSentence(const models::ExpectationResult& result) {
    QStringList parts{QStringLiteral("%1: %2").arg(models::verdictName(result.finding.verdict),
                                                   result.expectation.text)};
    if (!result.finding.reason.isEmpty())
        parts.append(result.finding.reason);
    if (!result.finding.observed.isEmpty())
        parts.append(QStringLiteral("observed %1").arg(result.finding.observed));
    return parts.join(QStringLiteral(" · "));
}

QString hostSentence(const models::HostProgress& host) {
    QStringList parts{models::stepStatusName(host.status)};
    if (host.attempt > 0)
        parts.append(QStringLiteral("attempt %1").arg(host.attempt));
    if (host.exitCode)
        parts.append(QStringLiteral("exit status %1").arg(*host.exitCode));
    if (!host.finishedAt.isNull())
        parts.append(readableDuration(host.startedAt, host.finishedAt));
    for (const QString& text : {host.reason, host.evidence}) {
        if (!text.isEmpty())
            parts.append(text);
    }
    return parts.join(QStringLiteral(" · "));
}

QString pinSentence(const models::Pin& pin) {
    const QString text = QStringLiteral("Pinned %1 by %2: %3")
                             .arg(readableTime(pin.at), pin.actor, models::pinSummary(pin));
    return pin.remark.isEmpty() ? text : QStringLiteral("%1. %2").arg(text, pin.remark);
}

QString attemptSentence(const AttemptRecordText& text) {
    const models::Attempt& attempt = text.attempt;
    QStringList parts{QStringLiteral("Attempt %1: %2").arg(attempt.number).arg(text.result)};
    if (attempt.edited)
        parts.append(QStringLiteral("edited"));
    if (attempt.fresh)
        parts.append(QStringLiteral("in a fresh shell"));
    parts.append(QStringLiteral("at %1").arg(attempt.place));
    parts.append(QStringLiteral("from %1").arg(readableTime(attempt.startedAt)));
    if (!attempt.finishedAt.isNull())
        parts.append(
            QStringLiteral("for %1").arg(readableDuration(attempt.startedAt, attempt.finishedAt)));
    parts.append(QStringLiteral("by %1").arg(attempt.actor));
    return parts.join(QStringLiteral(", "));
}

} // namespace app
