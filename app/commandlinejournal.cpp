// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlinejournal.h"

#include "app/commandlineoutput.h"
#include "app/commandlineverify.h"
#include "app/journal/journalfile.h"
#include "app/journal/sqlitejournal.h"
#include "app/run/report.h"
#include "app/run/runtitle.h"

#include <QCommandLineParser>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>

#include <chrono>
#include <cstdio>

namespace app {
namespace {

const QCommandLineOption json(u"json"_qs, u"Print one JSON object."_qs);

QJsonValue timeOrNull(models::Instant instant) {
    return instant.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(instant.toString());
}

QJsonValue textOrNull(const QString& text) {
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
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
            {u"failed"_qs, run.failed},
            {u"total"_qs, run.total},
            {u"locks"_qs, QJsonArray::fromStringList(run.locks)},
            {u"held_by"_qs, textOrNull(run.heldBy)},
            {u"handed_over_to"_qs, textOrNull(run.givenTo)},
            {u"handed_over_at"_qs, timeOrNull(run.givenAt)}};
}

QString summaryLine(const RunSummary& run) {
    const QString standing = run.status == models::RunStatus::Closed
                                 ? models::runOutcomeName(run.outcome)
                                 : models::runStatusName(run.status);
    QString line = u"%1  %2  %3  %4/%5  %6 in %7"_qs.arg(
        run.id.text(), run.startedAt.toDateTime().toString(u"yyyy-MM-dd HH:mm 'UTC'"),
        standing.leftJustified(10), QString::number(run.done), QString::number(run.total),
        runTitle(run), run.environment);
    if (run.status != models::RunStatus::Closed && !run.givenTo.isEmpty())
        line += u", handed over to %1 at %2"_qs.arg(
            harmless(run.givenTo), run.givenAt.toDateTime().toString(u"yyyy-MM-dd HH:mm 'UTC'"));
    if (!run.heldBy.isEmpty())
        line += u", held by "_qs + run.heldBy;
    if (run.status == models::RunStatus::Closed && !run.locks.isEmpty())
        line += u", its lock is still on "_qs + run.locks.join(u", "_qs);
    return line;
}

/// The bytes as they are: a report is a file.
int printBytes(const QByteArray& bytes) {
    const auto size = static_cast<std::size_t>(bytes.size());
    const bool written =
        std::fwrite(bytes.constData(), 1, size, stdout) == size && std::fflush(stdout) == 0;
    return written
               ? exitGood
               : fail({models::ErrorCode::NotWritable, u"The output could not be written."_qs, {}});
}

int exportTo(const QString& journal, const QString& target) {
    QFile file(target);
    const bool toFile = !target.isEmpty();
    if (toFile && file.exists())
        return unusable(u"%1 exists and is not overwritten."_qs.arg(target));
    // What commands wrote is nobody else's to read, from the first byte on.
    const bool opened = toFile ? file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                                           QFile::ReadOwner | QFile::WriteOwner)
                               : file.open(stdout, QIODevice::WriteOnly);
    if (!opened)
        return unusable(u"%1 cannot be written: %2."_qs.arg(target, file.errorString()));
    const models::Result<void> exported = exportJournal(journal, file);
    return exported ? exitGood : fail(exported.error());
}

/// Removes the outputs of runs that were closed more than so many days ago.
int retain(const QString& journal, const QString& days) {
    bool isNumber = false;
    const int number = days.toInt(&isNumber);
    if (!isNumber || number < 1 || number > 36'500)
        return unusable(u"Say how many days are kept: gantry journal retention --days N"_qs);
    const auto now = std::chrono::nanoseconds(presentInstant().nanoseconds);
    const std::chrono::nanoseconds kept = std::chrono::hours(24) * number;
    const models::Result<Removal> removed = removeOutputs(journal, {(now - kept).count()});
    if (!removed)
        return fail(removed.error());
    print(u"Removed %1 outputs, %2 bytes. The events stay, and the chains verify."_qs.arg(
        QString::number(removed->bodies), QString::number(removed->bytes)));
    return exitGood;
}

} // namespace

std::optional<int> tellNotice(SqliteJournal& journal) {
    const models::Result<QString> notice = journal.notice().result();
    if (!notice)
        return fail(notice.error());
    if (!notice->isEmpty())
        printError(*notice);
    return std::nullopt;
}

int runsCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Lists the runs of the journal, newest first."_qs);
    parser.addOption(json);
    if (const std::optional<int> status = parseArguments(parser, u"runs"_qs, arguments))
        return *status;
    if (!parser.positionalArguments().isEmpty())
        return unusable(u"gantry runs takes no names."_qs);
    SqliteJournal journal;
    if (const std::optional<int> status = tellNotice(journal))
        return *status;
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

int reportCommand(const QStringList& arguments) {
    const QCommandLineOption formatOption(u"format"_qs, u"md, html or json; md if not given."_qs,
                                          u"FORMAT"_qs, u"md"_qs);
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Prints the record of a run: who did what when, what was skipped, overridden or unknown "
        "and why,\nwith outputs and the head of its hash chain."_qs);
    parser.addPositionalArgument(u"RUN"_qs, u"The run, as gantry runs lists it."_qs);
    parser.addOption(formatOption);
    if (const std::optional<int> status = parseArguments(parser, u"report"_qs, arguments))
        return *status;
    const std::optional<ReportFormat> format = reportFormatFromName(parser.value(formatOption));
    if (format == ReportFormat::Pdf)
        return unusable(u"A PDF is made in the window: use md, html or json."_qs);
    if (!format)
        return unusable(
            u"There is no format %1: use md, html or json."_qs.arg(parser.value(formatOption)));
    if (parser.positionalArguments().size() != 1)
        return unusable(u"Name one run: gantry report RUN. gantry runs lists them."_qs);
    SqliteJournal journal;
    if (const std::optional<int> status = tellNotice(journal))
        return *status;
    const models::Result<QByteArray> report =
        makeReport(journal, models::RunId(parser.positionalArguments().first()), *format,
                   presentInstant())
            .result();
    return report ? printBytes(*report) : fail(report.error());
}

int journalCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"verify [FILE]  checks the hash chain, the outputs and the signatures of every run, of "
        u"the\n"
        "               journal or of an export\n"
        "backup FILE    writes a whole and consistent copy of the journal\n"
        "export [FILE]  writes every event as JSON, one a line, to FILE or standard output\n"
        "retention      removes the outputs of runs that were closed more than --days ago"_qs);
    const QCommandLineOption daysOption(u"days"_qs, u"With retention: outputs kept so long."_qs,
                                        u"N"_qs);
    const QCommandLineOption runOption(u"run"_qs, u"With verify: this run alone."_qs, u"RUN"_qs);
    const QCommandLineOption peopleOption(
        u"people"_qs,
        u"With verify: signatures are compared also with the people whom this workspace lists now."_qs,
        u"WORKSPACE"_qs);
    parser.addOptions({daysOption, runOption, peopleOption, json});
    parser.addPositionalArgument(u"ACTION"_qs, u"verify, backup, export or retention."_qs);
    parser.addPositionalArgument(u"FILE"_qs, u"What is verified, or written."_qs, u"[FILE]"_qs);
    if (const std::optional<int> status = parseArguments(parser, u"journal"_qs, arguments))
        return *status;
    const QStringList names = parser.positionalArguments();
    const QString action = names.value(0);
    const QString file = names.value(1);
    const QString journal = JournalOptions().databasePath();
    if (names.size() > 2)
        return unusable(u"gantry journal takes one file."_qs);
    const bool isVerify = action == u"verify";
    if (!isVerify && (parser.isSet(runOption) || parser.isSet(peopleOption) || parser.isSet(json)))
        return unusable(u"--run, --people and --json go with gantry journal verify."_qs);
    if (isVerify)
        return verifyCommand({journal, file, models::RunId(parser.value(runOption)),
                              parser.value(peopleOption), parser.isSet(json)});
    if (action == u"export")
        return exportTo(journal, file);
    if (action == u"retention")
        return file.isEmpty() ? retain(journal, parser.value(daysOption))
                              : unusable(u"gantry journal retention takes no file."_qs);
    if (action != u"backup")
        return unusable(u"Say what to do: gantry journal verify, backup, export or retention."_qs);
    if (file.isEmpty())
        return unusable(u"Name the file to write: gantry journal backup FILE"_qs);
    const models::Result<void> copied = backupJournal(journal, QFileInfo(file).absoluteFilePath());
    return copied ? exitGood : fail(copied.error());
}

} // namespace app
