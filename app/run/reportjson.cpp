// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/reportformats.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace app {

namespace {

QJsonValue timeValue(models::Instant at) {
    return at.isNull() ? QJsonValue() : QJsonValue(at.toString());
}

QString verdictWord(models::Verdict verdict) {
    return models::verdictName(verdict).toLower();
}

QJsonArray notes(const QList<models::Note>& list) {
    QJsonArray array;
    for (const models::Note& note : list)
        array.append(QJsonObject{{QStringLiteral("at"), timeValue(note.at)},
                                 {QStringLiteral("actor"), note.actor},
                                 {QStringLiteral("text"), note.text}});
    return array;
}

QJsonArray pins(const QList<models::Pin>& list) {
    QJsonArray array;
    for (const models::Pin& pin : list)
        array.append(QJsonObject{{QStringLiteral("at"), timeValue(pin.at)},
                                 {QStringLiteral("actor"), pin.actor},
                                 {QStringLiteral("remark"), pin.remark},
                                 {QStringLiteral("lines"), models::pinnedLinesToJson(pin.lines)}});
    return array;
}

QJsonArray facts(const QList<RecordedFact>& list) {
    QJsonArray array;
    for (const RecordedFact& fact : list)
        array.append(QJsonObject{{QStringLiteral("at"), timeValue(fact.at)},
                                 {QStringLiteral("actor"), fact.actor},
                                 {QStringLiteral("what"), fact.what},
                                 {QStringLiteral("step"), fact.step},
                                 {QStringLiteral("detail"), fact.detail}});
    return array;
}

QString laneName(models::TimelineLane lane) {
    switch (lane) {
    case models::TimelineLane::Version:
        return QStringLiteral("version");
    case models::TimelineLane::Health:
        return QStringLiteral("health");
    case models::TimelineLane::Wave:
        return QStringLiteral("wave");
    case models::TimelineLane::Step:
        return QStringLiteral("step");
    case models::TimelineLane::Gate:
        return QStringLiteral("gate");
    case models::TimelineLane::Trigger:
        return QStringLiteral("trigger");
    case models::TimelineLane::Watch:
        return QStringLiteral("watch");
    case models::TimelineLane::Person:
        return QStringLiteral("person");
    }
    return {};
}

QJsonArray timeline(const models::RunTimeline& all) {
    QJsonArray rows;
    for (const models::TimelineRow& row : all.rows) {
        QJsonArray spans;
        for (const models::TimelineSpan& span : row.spans)
            spans.append(
                QJsonObject{{QStringLiteral("from"), timeValue(span.from)},
                            {QStringLiteral("to"), timeValue(span.to)},
                            {QStringLiteral("verdict"),
                             span.verdict ? QJsonValue(verdictWord(*span.verdict)) : QJsonValue()},
                            {QStringLiteral("step"), span.step.text()},
                            {QStringLiteral("words"), span.words}});
        rows.append(QJsonObject{{QStringLiteral("lane"), laneName(row.lane)},
                                {QStringLiteral("name"), row.name},
                                {QStringLiteral("spans"), spans}});
    }
    return rows;
}

/// "Verdict at the end" as "verdict_at_the_end".
QString keyOf(const QString& title) {
    return title.toLower().replace(QLatin1Char(' '), QLatin1Char('_'));
}

/// Tables with their cells by the names of their columns.
QJsonArray decided(const QList<ReportTable>& tables) {
    QJsonArray all;
    for (const ReportTable& table : tables) {
        QJsonArray rows;
        for (const QStringList& row : table.rows) {
            QJsonObject cells;
            for (qsizetype column = 0; column < row.size(); ++column)
                cells.insert(keyOf(table.header[column]), row[column]);
            rows.append(cells);
        }
        all.append(QJsonObject{{QStringLiteral("title"), table.title},
                               {QStringLiteral("remark"), table.remark},
                               {QStringLiteral("rows"), rows}});
    }
    return all;
}

QJsonArray expectations(const QList<models::ExpectationResult>& list) {
    QJsonArray array;
    for (const models::ExpectationResult& result : list)
        array.append(QJsonObject{{QStringLiteral("text"), result.expectation.text},
                                 {QStringLiteral("line"), result.expectation.line},
                                 {QStringLiteral("verdict"), verdictWord(result.finding.verdict)},
                                 {QStringLiteral("reason"), result.finding.reason},
                                 {QStringLiteral("observed"), result.finding.observed}});
    return array;
}

QJsonObject attempt(const AttemptRecordText& record) {
    const models::Attempt& one = record.attempt;
    return {{QStringLiteral("number"), one.number},
            {QStringLiteral("result"), record.result},
            {QStringLiteral("exit"), one.exitCode ? QJsonValue(*one.exitCode) : QJsonValue()},
            {QStringLiteral("started"), timeValue(one.startedAt)},
            {QStringLiteral("finished"), timeValue(one.finishedAt)},
            {QStringLiteral("actor"), one.actor},
            {QStringLiteral("place"), one.place},
            {QStringLiteral("script"), one.script},
            {QStringLiteral("edited"), one.edited},
            {QStringLiteral("fresh"), one.fresh},
            {QStringLiteral("reason"), one.reason},
            {QStringLiteral("evidence"), one.evidence},
            {QStringLiteral("left_running"), one.leftBehind},
            {QStringLiteral("expectations"), expectations(one.expectations)},
            {QStringLiteral("stdout"), record.output[0]},
            {QStringLiteral("stderr"), record.output[1]},
            {QStringLiteral("stdout_bytes"), one.outputBytes[0]},
            {QStringLiteral("stderr_bytes"), one.outputBytes[1]}};
}

QJsonArray hosts(const QList<models::HostProgress>& list) {
    QJsonArray array;
    for (const models::HostProgress& host : list)
        array.append(QJsonObject{
            {QStringLiteral("host"), host.host},
            {QStringLiteral("status"), models::stepStatusName(host.status)},
            {QStringLiteral("batch"), host.batch + 1},
            {QStringLiteral("attempt"), host.attempt > 0 ? QJsonValue(host.attempt) : QJsonValue()},
            {QStringLiteral("exit"), host.exitCode ? QJsonValue(*host.exitCode) : QJsonValue()},
            {QStringLiteral("started"), timeValue(host.startedAt)},
            {QStringLiteral("finished"), timeValue(host.finishedAt)},
            {QStringLiteral("reason"), host.reason},
            {QStringLiteral("evidence"), host.evidence}});
    return array;
}

QJsonObject step(const StepRecord& record) {
    QJsonArray attempts;
    for (const AttemptRecordText& one : record.attempts)
        attempts.append(attempt(one));
    return {{QStringLiteral("title"), record.title},
            {QStringLiteral("section"), record.section},
            {QStringLiteral("wave"), record.wave},
            {QStringLiteral("lane"), record.lane == models::Lane::Rollback
                                         ? QStringLiteral("rollback")
                                         : QStringLiteral("main")},
            {QStringLiteral("depth"), record.depth},
            {QStringLiteral("status"), record.status},
            {QStringLiteral("deviation"), record.state.deviation},
            {QStringLiteral("owner"), record.state.owner},
            {QStringLiteral("actor"), record.state.actor},
            {QStringLiteral("changed"), timeValue(record.state.changedAt)},
            {QStringLiteral("reason"), record.state.reason},
            {QStringLiteral("evidence"), record.state.evidence},
            {QStringLiteral("notes"), notes(record.state.notes)},
            {QStringLiteral("pins"), pins(record.state.pins)},
            {QStringLiteral("hosts"), hosts(record.hosts)},
            {QStringLiteral("attempts"), attempts}};
}

QJsonArray signedFacts(const QList<SignedFact>& list) {
    QJsonArray array;
    for (const SignedFact& fact : list)
        array.append(QJsonObject{{QStringLiteral("step"), fact.step},
                                 {QStringLiteral("name"), fact.name},
                                 {QStringLiteral("key"), fact.key},
                                 {QStringLiteral("statement"), fact.statement},
                                 {QStringLiteral("signature"), fact.signature}});
    return array;
}

QJsonObject textMap(const QMap<QString, QString>& values) {
    QJsonObject object;
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        object.insert(value.key(), value.value());
    return object;
}

QJsonObject about(const RunRecord& record) {
    const models::RunState& state = record.state;
    QJsonObject object{{QStringLiteral("run"), state.id.text()},
                       {QStringLiteral("title"), reportTitle(record)},
                       {QStringLiteral("status"), models::runStatusName(state.status)},
                       {QStringLiteral("outcome"), models::runOutcomeName(state.outcome)},
                       {QStringLiteral("started"), timeValue(state.startedAt)},
                       {QStringLiteral("started_by"), state.startedBy},
                       {QStringLiteral("closed"), timeValue(state.closedAt)},
                       {QStringLiteral("written"), timeValue(record.writtenAt)}};
    if (state.plan) {
        const models::PlanContext& context = state.plan->context;
        object.insert(QStringLiteral("workspace"), context.workspaceName);
        object.insert(QStringLiteral("runbook"), context.runbookPath);
        object.insert(QStringLiteral("runbook_sha256"), state.plan->runbook.sha256);
        object.insert(QStringLiteral("environment"), context.environment);
        object.insert(QStringLiteral("target"), textMap(context.target));
    }
    return object;
}

} // namespace

QByteArray jsonReport(const RunRecord& record) {
    QStringList secrets = record.state.secretsGiven.values();
    secrets.sort();
    QJsonArray steps;
    for (const StepRecord& one : record.steps)
        steps.append(step(one));
    QJsonObject object = about(record);
    object.insert(QStringLiteral("variables"), textMap(record.state.variables));
    object.insert(QStringLiteral("secrets"), QJsonArray::fromStringList(secrets));
    object.insert(QStringLiteral("notes"), notes(record.state.notes));
    object.insert(QStringLiteral("pins"), pins(record.state.pins));
    object.insert(QStringLiteral("deviations"), facts(record.deviations));
    object.insert(QStringLiteral("decided_on"), decided(reportTables(record)));
    object.insert(QStringLiteral("signed"), signedFacts(record.signedFacts));
    object.insert(QStringLiteral("timeline"), timeline(record.timeline));
    object.insert(QStringLiteral("steps"), steps);
    object.insert(QStringLiteral("events"), facts(record.facts));
    object.insert(QStringLiteral("chain"),
                  QJsonObject{{QStringLiteral("events"), static_cast<qint64>(record.events)},
                              {QStringLiteral("head"), record.head},
                              {QStringLiteral("verified"), record.damage.isEmpty()},
                              {QStringLiteral("damage"), record.damage}});
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

} // namespace app
