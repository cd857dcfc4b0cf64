// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlinejournal.h"

#include "app/commandlineoutput.h"
#include "app/journal/sqlitejournal.h"

#include <QCommandLineParser>
#include <QJsonArray>

namespace app {
namespace {

const QCommandLineOption json(u"json"_qs, u"Print one JSON object."_qs);

QJsonValue timeOrNull(models::Instant instant) {
    return instant.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(instant.toString());
}

QJsonObject summaryJson(const RunSummary& run) {
    return {{u"id"_qs, run.id.text()},
            {u"workspace"_qs, run.workspaceName},
            {u"root"_qs, run.workspaceRoot},
            {u"runbook"_qs, run.runbookPath},
            {u"title"_qs, run.runbookTitle},
            {u"environment"_qs, run.environment},
            {u"status"_qs, models::runStatusName(run.status)},
            {u"outcome"_qs, run.outcome == models::RunOutcome::None
                                ? QJsonValue(QJsonValue::Null)
                                : QJsonValue(models::runOutcomeName(run.outcome))},
            {u"started_at"_qs, timeOrNull(run.startedAt)},
            {u"closed_at"_qs, timeOrNull(run.closedAt)},
            {u"last_event_at"_qs, timeOrNull(run.lastEventAt)},
            {u"started_by"_qs, run.startedBy},
            {u"done"_qs, run.done},
            {u"total"_qs, run.total},
            {u"held_by"_qs,
             run.heldBy.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(run.heldBy)}};
}

QString summaryLine(const RunSummary& run) {
    const QString standing = run.status == models::RunStatus::Closed
                                 ? models::runOutcomeName(run.outcome)
                                 : models::runStatusName(run.status);
    QString line = u"%1  %2  %3  %4/%5  %6 in %7"_qs.arg(
        run.id.text(), run.startedAt.toDateTime().toString(u"yyyy-MM-dd HH:mm 'UTC'"),
        standing.leftJustified(10), QString::number(run.done), QString::number(run.total),
        run.runbookTitle.isEmpty() ? run.runbookPath : run.runbookTitle, run.environment);
    if (!run.heldBy.isEmpty())
        line += u", held by "_qs + run.heldBy;
    return line;
}

} // namespace

int runsCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Lists the runs of the journal, newest first."_qs);
    parser.addOption(json);
    if (const std::optional<int> status = parseArguments(parser, u"runs"_qs, arguments))
        return *status;
    if (!parser.positionalArguments().isEmpty())
        return unusable(u"gantry runs takes no names."_qs);
    SqliteJournal journal;
    const models::Result<QList<RunSummary>> runs = journal.runs().result();
    if (!runs)
        return fail(runs.error());
    if (!parser.isSet(json)) {
        for (const RunSummary& run : *runs)
            print(summaryLine(run));
        return exitGood;
    }
    QJsonArray list;
    for (const RunSummary& run : *runs)
        list.append(summaryJson(run));
    printJson({{u"runs"_qs, list}});
    return exitGood;
}

} // namespace app
