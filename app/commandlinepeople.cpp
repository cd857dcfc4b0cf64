// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlinepeople.h"

#include "app/commandlinejournal.h"
#include "app/commandlineoutput.h"
#include "app/diagnostics/clock.h"
#include "app/engineparts.h"
#include "app/journal/sqlitejournal.h"
#include "app/people/sshsignatures.h"
#include "app/run/whenfinished.h"
#include "app/secret/keychainstore.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <cstdio>

namespace app {
namespace {

const QCommandLineOption
    asOption(u"as"_qs, u"The name under which it is given: whose key it is otherwise."_qs,
             u"NAME"_qs);
const QCommandLineOption
    keyOption(u"key"_qs, u"The key to sign with, or its .pub file where the SSH agent holds it."_qs,
              u"FILE"_qs);
const QCommandLineOption rejectOption(u"reject"_qs, u"Signs a no-go."_qs);
const QCommandLineOption noteOption(u"note"_qs, u"A remark, for the record."_qs, u"TEXT"_qs);
const QCommandLineOption toOption(u"to"_qs, u"Who drives the run from here on."_qs, u"NAME"_qs);

/// Of what is read as a request.
constexpr qint64 mostRequestBytes = 64 * 1024;
/// Of a file that holds a run.
constexpr qint64 mostRunBytes = 2LL * 1024 * 1024 * 1024;

/// The text itself, "-" for standard input, or a file.
models::Result<QString> requestText(const QString& argument) {
    QFile file(argument);
    const bool isOpen = argument == u"-"
                            ? file.open(stdin, QIODevice::ReadOnly)
                            : !argument.contains(u'\n') && file.open(QIODevice::ReadOnly);
    if (isOpen)
        return models::approvalRequestFrom(QString::fromUtf8(file.read(mostRequestBytes)));
    if (argument.contains(u'\n'))
        return models::approvalRequestFrom(argument);
    return models::failure(models::ErrorCode::NotReadable,
                           u"%1 cannot be read: %2. Give a file, - or the text itself."_qs.arg(
                               argument, file.errorString()));
}

/// On standard error: what is printed is the answer alone.
void tellRequest(const QString& request, bool isGo) {
    const auto value = [&request](QStringView key) {
        return harmless(models::approvalRequestValue(request, key));
    };
    printError(u"signing %1: “%2” of %3 in %4%5"_qs.arg(
        isGo ? u"a go"_qs : u"a no-go"_qs, value(u"title"), value(u"runbook"),
        value(u"environment"),
        value(u"target").isEmpty() ? QString() : u", "_qs + value(u"target")));
}

bool isPast(const QString& request) {
    const auto until =
        models::Instant::fromString(models::approvalRequestValue(request, u"valid-until"));
    return !until.isNull() && presentInstant() >= until;
}

models::Result<QByteArray> readRun(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return models::failure(models::ErrorCode::NotReadable,
                               u"%1 cannot be read: %2."_qs.arg(path, file.errorString()));
    if (file.size() > mostRunBytes)
        return models::failure(models::ErrorCode::InvalidInput, u"%1 is no run."_qs.arg(path));
    return file.readAll();
}

} // namespace

int approveCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Signs an approval with your SSH key, and prints the text to send back. REQUEST is what "
        "was copied\nfrom the run: a file, - for standard input, or the text itself.\n\nStatus 0: "
        "it is signed. 1: it could not be signed, or the request has expired. 2: unusable "
        "input."_qs);
    parser.addPositionalArgument(u"REQUEST"_qs, u"What is asked."_qs);
    parser.addOptions({asOption, keyOption, rejectOption, noteOption});
    if (const std::optional<int> status = parseArguments(parser, u"approve"_qs, arguments))
        return *status;
    if (parser.positionalArguments().size() != 1)
        return unusable(u"Give one request: gantry approve REQUEST"_qs);
    const models::Result<QString> request = requestText(parser.positionalArguments().first());
    if (!request)
        return fail(request.error());
    if (isPast(*request)) {
        printError(u"This request has expired. Have it asked again."_qs);
        return exitFellShort;
    }
    const models::ApprovalAnswer answer{*request, !parser.isSet(rejectOption),
                                        parser.value(asOption).trimmed(), parser.value(noteOption)};
    tellRequest(*request, answer.isGo);
    SshSignatures signer(SshSignatures::Asking::Terminal);
    int status = exitGood;
    QObject context;
    whenFinished(signer.sign(answer, parser.value(keyOption), {}), &context,
                 [&status](const models::Result<models::SignedAnswer>& made) {
                     if (made)
                         print(
                             models::signedAnswerText(made->statement, made->signature).trimmed());
                     else
                         status = fail(made.error());
                     QCoreApplication::quit();
                 });
    QCoreApplication::exec();
    return status;
}

int handOverCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Writes a run into a file for a colleague's console. From then on it can only be read "
        "here.\n\nStatus 0: it is handed over. 1: it cannot be, as it stands. 2: unusable "
        "input."_qs);
    parser.addPositionalArgument(u"RUN"_qs,
                                 u"A run that is not closed; gantry runs lists them."_qs);
    parser.addPositionalArgument(u"FILE"_qs, u"Where to; it is not replaced."_qs);
    parser.addOption(toOption);
    if (const std::optional<int> status = parseArguments(parser, u"hand-over"_qs, arguments))
        return *status;
    const QStringList names = parser.positionalArguments();
    if (names.size() != 2 || parser.value(toOption).trimmed().isEmpty())
        return unusable(u"Name the run, the file and who: gantry hand-over RUN FILE --to NAME"_qs);
    if (QFile::exists(names.last()))
        return unusable(u"%1 is there already."_qs.arg(names.last()));
    SqliteJournal journal;
    if (const std::optional<int> status = tellNotice(journal))
        return *status;
    KeychainStore secrets;
    EngineParts engine(journal, secrets);
    const models::RunId run(names.first());
    if (const auto opened = engine.runs.open(run).result(); !opened)
        return fail(opened.error());
    const auto file = engine.runs.handOver(run, parser.value(toOption)).result();
    if (!file)
        return fail(file.error());
    QSaveFile target(names.last());
    if (!target.open(QIODevice::WriteOnly) || target.write(*file) != file->size() ||
        !target.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || !target.commit())
        return fail({models::ErrorCode::NotWritable,
                     u"%1 could not be written: %2. The run is handed over: write it again."_qs.arg(
                         names.last(), target.errorString()),
                     {}});
    print(u"handed over to %1: %2"_qs.arg(parser.value(toOption).trimmed(), names.last()));
    return exitGood;
}

int takeOverCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Takes up a run that another console handed over: this one drives it from then on.\n\n"
        "Status 0: it is driven here. 1: the file does not verify, or cannot be taken up here. "
        "2: unusable input."_qs);
    parser.addPositionalArgument(u"FILE"_qs, u"What gantry hand-over wrote."_qs);
    if (const std::optional<int> status = parseArguments(parser, u"take-over"_qs, arguments))
        return *status;
    if (parser.positionalArguments().size() != 1)
        return unusable(u"Name one file: gantry take-over FILE"_qs);
    const models::Result<QByteArray> file = readRun(parser.positionalArguments().first());
    if (!file)
        return fail(file.error());
    SqliteJournal journal;
    if (const std::optional<int> status = tellNotice(journal))
        return *status;
    KeychainStore secrets;
    EngineParts engine(journal, secrets);
    const models::Result<models::RunId> run = engine.runs.takeOver(*file).result();
    if (!run)
        return fail(run.error());
    print(u"driven here: %1. gantry run --resume %1 goes on with it."_qs.arg(run->text()));
    return exitGood;
}

} // namespace app
