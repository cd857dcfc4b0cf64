// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlinerollback.h"

#include "app/commandlinejournal.h"
#include "app/commandlineoutput.h"
#include "app/engineparts.h"
#include "app/environment/workspaceservice.h"
#include "app/headlessrun.h"
#include "app/journal/sqlitejournal.h"
#include "app/power/loginsleepinhibitor.h"
#include "app/run/keepawake.h"
#include "app/run/whenfinished.h"
#include "app/runobservers.h"
#include "app/secret/keychainstore.h"
#include "app/terminalquestions.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace app {
namespace {

const QCommandLineOption rehearseOption(u"rehearse"_qs,
                                        u"Prints what would be done and begins nothing."_qs);
const QCommandLineOption
    yesOption(u"yes"_qs,
              u"The environment's name, where it is protected or a step destroys something."_qs,
              u"ENVIRONMENT"_qs);
const QCommandLineOption rollbackReason(u"reason"_qs, u"Why it goes back, for the record."_qs,
                                        u"TEXT"_qs, u"Asked for on the command line."_qs);
const QCommandLineOption
    neededOption(u"needed"_qs, u"A conditional step that is needed. Repeatable."_qs, u"STEP"_qs);
const QCommandLineOption notNeededOption(u"not-needed"_qs, u"One that is not."_qs, u"STEP"_qs);
const QCommandLineOption
    trustOption(u"trust"_qs,
                u"The workspace's hash (gantry check prints it): whether it led back is looked at "
                "with it, also where nobody has trusted it in the window."_qs,
                u"HASH"_qs);
const QCommandLineOption liftReason(u"reason"_qs, u"Why it may go there again."_qs, u"TEXT"_qs);
const QCommandLineOption versionOption(u"target"_qs, u"Lifts the block of this version alone."_qs,
                                       u"VERSION"_qs);

/// The blocked ones of this environment, the newest first.
models::Result<QList<RunSummary>> blockedRuns(RunService& runs, const QString& workspaceId,
                                              const QString& environment, const QString& version) {
    const models::Result<QList<RunSummary>> all = runs.runs().result();
    if (!all)
        return tl::unexpected(all.error());
    QList<RunSummary> blocked;
    for (const RunSummary& run : *all) {
        if (!run.blockReason.isEmpty() && run.workspaceId == workspaceId &&
            run.environment == environment &&
            (version.isEmpty() || run.target.values().contains(version)))
            blocked.append(run);
    }
    return blocked;
}

/// Turns until each is recorded, or refused.
int liftBlocks(RunService& runs, const QList<RunSummary>& blocked, const QString& reason) {
    QSet<models::RunId> left;
    int status = exitGood;
    QObject context;
    const auto settle = [&left](const models::RunId& run) {
        left.remove(run);
        if (left.isEmpty())
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    };
    QObject::connect(&runs, &RunService::eventsAppended, &context,
                     [settle](const models::RunId& run, const auto&) { settle(run); });
    QObject::connect(
        &runs, &RunService::intentRefused, &context,
        [&](const models::RunId& run, const models::StepId&, const models::Error& error) {
            status = fail(error);
            settle(run);
        });
    for (const RunSummary& run : blocked) {
        if (!run.heldBy.isEmpty()) {
            status = fail({models::ErrorCode::Locked,
                           u"The run %1 is held by %2."_qs.arg(run.id.text(), run.heldBy),
                           {}});
            continue;
        }
        left.insert(run.id);
        runs.unblockRelease(run.id, reason);
        print(u"lifted: %1, blocked because of this: %2"_qs.arg(
            QStringList(run.target.values()).join(u", "_qs), harmless(run.blockReason)));
    }
    if (!left.isEmpty())
        QCoreApplication::exec();
    return status;
}

} // namespace

int rollbackCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Takes a run back, or goes on with a rollback that was begun: undoes what ran, the last "
        "step first,\nthen the document's rollback section. Whether it led back is looked at and "
        "recorded.\n\nStatus 0: it led back. 1: it stopped, or nobody could see whether it led "
        "back. 2: unusable input."_qs);
    parser.addPositionalArgument(u"RUN"_qs,
                                 u"A run that is not closed; gantry runs lists them."_qs);
    parser.addOptions(
        {rehearseOption, yesOption, rollbackReason, neededOption, notNeededOption, trustOption});
    if (const std::optional<int> status = parseArguments(parser, u"rollback"_qs, arguments))
        return *status;
    if (parser.positionalArguments().size() != 1)
        return unusable(u"Name one run: gantry rollback RUN"_qs);
    const models::RunId named(parser.positionalArguments().first());

    SqliteJournal journal;
    if (const std::optional<int> status = tellNotice(journal))
        return *status;
    KeychainStore secrets;
    EngineParts engine(journal, secrets);
    const TerminalQuestions questions(engine.hosts);
    LoginSleepInhibitor inhibitor;
    const KeepAwake keepAwake(engine.runs, inhibitor);
    std::optional<RunObservers> observers; // ends before what it observes with
    HeadlessRun headless(engine.runs);
    const models::Result<RunSummary> run = headless.unfinished(named, nullptr);
    if (!run)
        return fail(run.error());
    using Consent = RunObservers::Consent;
    const QString trusted = parser.value(trustOption);
    const auto workspace = WorkspaceService::read(run->workspaceRoot);
    if (workspace && !trusted.isEmpty() && trusted != workspace->trustHash) {
        return fail({models::ErrorCode::Refused,
                     u"The workspace is not the one that was trusted: its hash is %1."_qs.arg(
                         workspace->trustHash),
                     {}});
    }
    if (workspace)
        observers.emplace(*workspace, trusted.isEmpty() ? Consent::Asked : Consent::Given, engine,
                          journal, secrets);
    return headless.rollBack(run->id, {parser.value(rollbackReason), parser.value(yesOption),
                                       parser.values(neededOption), parser.values(notNeededOption),
                                       parser.isSet(rehearseOption)});
}

int unblockCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Lifts the block on what was taken back in an environment: from then on it may go there "
        "again.\n\nStatus 0: it is lifted. 1: nothing is blocked there. 2: unusable input."_qs);
    parser.addPositionalArgument(u"WORKSPACE"_qs, u"A folder or a gantry.yaml."_qs);
    parser.addPositionalArgument(u"ENVIRONMENT"_qs, u"Where it was taken back."_qs);
    parser.addOptions({liftReason, versionOption});
    if (const std::optional<int> status = parseArguments(parser, u"unblock"_qs, arguments))
        return *status;
    const QStringList names = parser.positionalArguments();
    if (names.size() != 2)
        return unusable(u"Name the workspace and the environment: gantry unblock WORKSPACE "
                        "ENVIRONMENT --reason TEXT"_qs);
    const QString reason = parser.value(liftReason).trimmed();
    if (reason.isEmpty())
        return unusable(u"Lifting a block needs a reason: --reason TEXT"_qs);
    const models::Result<models::Workspace> workspace = WorkspaceService::read(names.first());
    if (!workspace)
        return fail(workspace.error());

    SqliteJournal journal;
    if (const std::optional<int> status = tellNotice(journal))
        return *status;
    KeychainStore secrets;
    EngineParts engine(journal, secrets);
    const models::Result<QList<RunSummary>> blocked =
        blockedRuns(engine.runs, workspace->id, names.last(), parser.value(versionOption));
    if (!blocked)
        return fail(blocked.error());
    if (blocked->isEmpty()) {
        printError(u"Nothing is blocked in %1."_qs.arg(names.last()));
        return exitFellShort;
    }
    return liftBlocks(engine.runs, *blocked, reason);
}

} // namespace app
