// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlinerun.h"

#include "app/commandlinejournal.h"
#include "app/commandlineoutput.h"
#include "app/commandlineworkspace.h"
#include "app/engineparts.h"
#include "app/environment/workspaceservice.h"
#include "app/headlesspreflight.h"
#include "app/headlessrun.h"
#include "app/journal/sqlitejournal.h"
#include "app/power/loginsleepinhibitor.h"
#include "app/rehearsal.h"
#include "app/run/keepawake.h"
#include "app/runobservers.h"
#include "app/secret/keychainstore.h"
#include "app/terminalquestions.h"
#include "models/core/worstverdict.h"
#include "models/environment/meantenvironment.h"
#include "models/environment/schema.h"
#include "models/run/givenvalues.h"
#include "models/run/resolve.h"
#include "models/run/rollbackdocument.h"
#include "models/run/secretname.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace app {
namespace {

const QCommandLineOption environmentOption(u"environment"_qs, u"Where the run takes place."_qs,
                                           u"NAME"_qs);
const QCommandLineOption
    targetOption(u"target"_qs,
                 u"What the run is about: a version or commit, of one service or of all."_qs,
                 u"[SERVICE=]VERSION"_qs);
const QCommandLineOption setOption(u"set"_qs, u"Gives a variable its value. Repeatable."_qs,
                                   u"NAME=VALUE"_qs);
const QCommandLineOption
    trustOption(u"trust"_qs, u"Refuses a workspace with another hash (gantry check prints it)."_qs,
                u"HASH"_qs);
const QCommandLineOption rehearseOption(u"rehearse"_qs,
                                        u"Prints every command resolved and runs nothing."_qs);
const QCommandLineOption unattendedOption(
    u"unattended"_qs,
    u"Runs what needs no person; stops with status 1 at the first step that does."_qs);
const QCommandLineOption resumeOption(
    u"resume"_qs,
    u"Takes up the newest unfinished run of this runbook and environment, or the run given as "
    "--resume RUN. Ends with status 2 where there is none. A failed step is not tried again."_qs);
const QCommandLineOption
    resumeOrStartOption(u"resume-or-start"_qs,
                        u"As --resume, but starts a run where none is unfinished."_qs);

const QCommandLineOption overrideOption(
    u"override"_qs,
    u"Starts against what objects (a freeze, a run under way, a version that has not "
    "passed before), and takes over locks, for this reason, which is recorded."_qs,
    u"REASON"_qs);

/// What --resume RUN turns into before parsing: the option itself takes no value.
const QCommandLineOption resumedRunOption = [] {
    QCommandLineOption option(u"resumed-run"_qs, {}, u"RUN"_qs);
    option.setFlags(QCommandLineOption::HiddenFromHelp);
    return option;
}();

QStringList withResumedRun(QStringList arguments) {
    static const QRegularExpression runId(u"^[0-9a-z]{26}$"_qs);
    for (qsizetype i = 0; i + 1 < arguments.size(); ++i) {
        if (arguments[i] == u"--resume" && runId.match(arguments[i + 1]).hasMatch())
            arguments[i + 1].prepend(u"--resumed-run="_qs);
    }
    return arguments;
}

/// All that a person asked for, checked.
struct Request {
    models::Workspace workspace;
    models::PlanPointer plan; ///< not with a run to resume by name alone
    HeadlessRun::Resume resume = HeadlessRun::Resume::No;
    models::RunId run;
    bool rehearse = false;
    QString override; ///< why it is started against what objects
};

models::Result<QMap<QString, QString>> assignments(const QStringList& texts) {
    QMap<QString, QString> values;
    for (const QString& text : texts) {
        const qsizetype equals = text.indexOf(u'=');
        if (equals <= 0) {
            return models::failure(models::ErrorCode::InvalidInput,
                                   u"--set %1 has no value: write --set NAME=VALUE."_qs.arg(text));
        }
        values.insert(text.left(equals), text.mid(equals + 1));
    }
    return values;
}

models::Target targets(const QStringList& texts) {
    models::Target target;
    for (const QString& text : texts) {
        const qsizetype equals = text.indexOf(u'=');
        target.insert(equals < 0 ? QString() : text.left(equals), text.mid(equals + 1));
    }
    return target;
}

/// One of the workspace's environments, or one that the document's headings name. Nearly the name
/// of one of the workspace's is refused: it would be an environment that nothing protects.
models::Result<QString> chosenEnvironment(const models::Workspace& workspace,
                                          const models::Runbook& runbook, const QString& name) {
    QStringList known;
    for (const models::Environment& environment : workspace.environments)
        known.append(environment.name);
    if (name.isEmpty() && known.size() == 1)
        return known.first();
    for (const QString& declared : runbook.frontMatter.environments)
        known.append(declared);
    for (const models::Section& section : runbook.sections)
        known.append(section.environment);
    known.removeAll(QString());
    known.removeDuplicates();
    known.removeIf([&workspace](const QString& one) {
        return !models::misspeltEnvironment(workspace, one).isEmpty();
    });
    if (const QString meant = models::misspeltEnvironment(workspace, name); !meant.isEmpty()) {
        return models::failure(
            models::ErrorCode::InvalidInput,
            u"The workspace has the environment %1, not “%2”. Name it as it is written there."_qs
                .arg(meant, name));
    }
    if (known.contains(name))
        return name;
    const QString list = known.join(u", "_qs);
    return models::failure(
        models::ErrorCode::InvalidInput,
        name.isEmpty() ? u"Name the environment with --environment. There are: %1."_qs.arg(list)
                       : u"There is no environment %1. There are: %2."_qs.arg(name, list));
}

/// A run that was begun under such a name has no protection of the environment that it changes.
models::Result<void> checkEnvironment(const models::Workspace& workspace, const RunSummary& run) {
    const QString meant = models::misspeltEnvironment(workspace, run.environment);
    if (meant.isEmpty())
        return {};
    return models::failure(
        models::ErrorCode::Refused,
        u"The run %1 %2 Begin it anew with --environment %3, or take it back: gantry rollback %1"_qs
            .arg(run.id.text(), models::misspeltRunWords(run.environment, meant), meant));
}

/// Defaults stand in for the person who would be asked.
QMap<QString, QString> defaultsOf(const models::Plan& plan) {
    QMap<QString, QString> values;
    for (const models::VariableDeclaration& variable : plan.variables) {
        if (!variable.secret && !variable.prompt.isEmpty() && !variable.value.isEmpty() &&
            !plan.context.variables.contains(variable.name))
            values.insert(variable.name, variable.value);
    }
    return values;
}

/// A name that nothing has may be one that a program reads from its environment; one that is nearly
/// the name of a variable would leave that variable as it was.
models::Result<void> checkNames(const QStringList& given, const models::Plan& plan,
                                QStringList known) {
    for (const models::VariableDeclaration& variable : plan.variables)
        known.append(variable.name);
    for (const models::PlanStep& step : plan.steps)
        known.append(step.step.placeholders);
    for (const QString& name : given) {
        if (!known.contains(name) && !models::closestWord(name, known).isEmpty())
            return models::failure(models::ErrorCode::InvalidInput,
                                   models::noSuchName(u"variable"_qs, name, known));
    }
    return {};
}

models::Result<models::PlanPointer> planFor(const models::Workspace& workspace,
                                            const QString& runbookName,
                                            const QCommandLineParser& parser) {
    RunbookShelf shelf(workspace);
    const models::Result<QString> path = shelf.choose(runbookName);
    if (!path)
        return tl::unexpected(path.error());
    const models::Result<const models::Runbook*> runbook = shelf.read(*path);
    if (!runbook)
        return tl::unexpected(runbook.error());
    const models::Result<QString> environment =
        chosenEnvironment(workspace, **runbook, parser.value(environmentOption));
    if (!environment)
        return tl::unexpected(environment.error());
    const models::Result<QMap<QString, QString>> values = assignments(parser.values(setOption));
    if (!values)
        return tl::unexpected(values.error());
    const models::Target target = targets(parser.values(targetOption));
    const models::PlanContext context =
        models::planContext(workspace, *path, *environment, *values, target);
    auto plan = std::make_shared<const models::Plan>(
        models::makePlanWithWayBack(**runbook, context, workspace.runbooks,
                                    [&shelf](const QString& other) { return shelf.find(other); }));
    const QStringList secrets = models::secretNames(*plan);
    for (const QString& name : values->keys()) {
        if (secrets.contains(name) || models::looksSecret(name)) {
            return models::failure(
                models::ErrorCode::InvalidInput,
                u"%1 is a secret and is not taken from the command line, where others can read "
                "it. Refer to it in gantry.yaml, as env:NAME or keychain:NAME."_qs.arg(name));
        }
    }
    if (const auto kept = models::checkValues(*plan, *values); !kept)
        return tl::unexpected(kept.error());
    const QStringList elsewhere =
        models::planContext(workspace, *path, *environment, {}, target).variables.keys();
    if (const auto known = checkNames(values->keys(), *plan, elsewhere); !known)
        return tl::unexpected(known.error());
    return plan;
}

models::Result<Request> readRequest(const QCommandLineParser& parser) {
    Request request;
    request.rehearse = parser.isSet(rehearseOption);
    if (request.rehearse == parser.isSet(unattendedOption)) {
        return models::failure(models::ErrorCode::InvalidInput,
                               u"Choose one of --rehearse and --unattended. To be asked at each "
                               "step, open the window: gantry WORKSPACE"_qs);
    }
    if (parser.isSet(resumeOption))
        request.resume = HeadlessRun::Resume::Only;
    if (parser.isSet(resumeOrStartOption))
        request.resume = HeadlessRun::Resume::OrStart;
    request.override = parser.value(overrideOption).trimmed();
    request.run = models::RunId(parser.value(resumedRunOption));
    const QStringList names = parser.positionalArguments();
    if (names.isEmpty() && !request.run.isEmpty() && !request.rehearse)
        return request;
    if (names.isEmpty() || names.size() > 2) {
        return models::failure(
            models::ErrorCode::InvalidInput,
            u"Name the workspace and the runbook: gantry run WORKSPACE RUNBOOK"_qs);
    }
    models::Result<models::Workspace> workspace = WorkspaceService::read(names.first());
    if (!workspace)
        return tl::unexpected(workspace.error());
    request.workspace = std::move(*workspace);
    if (parser.isSet(trustOption) && parser.value(trustOption) != request.workspace.trustHash) {
        return models::failure(
            models::ErrorCode::Refused,
            u"The workspace is not the one that was trusted: its hash is %1."_qs.arg(
                request.workspace.trustHash));
    }
    for (const models::Diagnostic& diagnostic : request.workspace.diagnostics) {
        if (diagnostic.severity == models::Severity::Error) {
            return models::failure(models::ErrorCode::InvalidInput,
                                   u"gantry.yaml:%1:%2: %3"_qs.arg(diagnostic.line)
                                       .arg(diagnostic.column)
                                       .arg(diagnostic.message));
        }
    }
    const models::Result<models::PlanPointer> plan =
        planFor(request.workspace, names.value(1), parser);
    if (!plan)
        return tl::unexpected(plan.error());
    request.plan = *plan;
    return request;
}

void describe(QCommandLineParser& parser) {
    parser.setApplicationDescription(
        u"Runs a runbook without the window. RUNBOOK may be left out where the workspace has only "
        "one;\na lone Markdown file is a workspace. The run is in the journal: gantry runs lists "
        "it,\ngantry report prints its record, and the window or --resume takes it up again.\n\n"
        "Status 0: every step is done. 1: a step failed or needs a person. 2: unusable input."_qs);
    parser.addPositionalArgument(u"WORKSPACE"_qs,
                                 u"A folder, a gantry.yaml or a Markdown file."_qs);
    parser.addPositionalArgument(u"RUNBOOK"_qs, u"A path, a file name or a title."_qs,
                                 u"[RUNBOOK]"_qs);
    parser.addOptions({environmentOption, targetOption, setOption, trustOption, rehearseOption,
                       unattendedOption, overrideOption, resumeOption, resumeOrStartOption,
                       resumedRunOption});
}

/// The commands as they would run, then what is known of whether they can succeed.
int rehearseWithPreflight(const Request& request, EngineParts& engine, JournalStore& journal) {
    const QMap<QString, QString> values = defaultsOf(*request.plan);
    const int status = rehearse(request.plan, values);
    HeadlessPreflight preflight(engine, journal);
    const std::vector<models::PreflightLine> lines = preflight.lines(
        request.workspace, request.plan, values, HeadlessPreflight::Extent::Everything);
    printPreflight(lines);
    return models::worstVerdict(lines) == models::Verdict::Fail ? exitFellShort : status;
}

/// The plan with the reason why it is started against what objects, as the window has it.
models::Result<models::PlanPointer> overridden(const Request& request, EngineParts& engine,
                                               JournalStore& journal) {
    HeadlessPreflight preflight(engine, journal);
    QStringList objections;
    for (const models::PreflightLine& line :
         preflight.lines(request.workspace, request.plan, defaultsOf(*request.plan),
                         HeadlessPreflight::Extent::Journal)) {
        if (line.objects)
            objections.append(line.reason);
    }
    if (objections.isEmpty())
        return request.plan;
    if (request.override.isEmpty())
        return models::failure(models::ErrorCode::Refused,
                               objections.join(u' ') +
                                   u" To start all the same: --override REASON"_qs);
    models::Plan plan = *request.plan;
    for (const QString& objection : std::as_const(objections))
        plan.context.overrides.append({objection, request.override});
    return std::make_shared<const models::Plan>(std::move(plan));
}

} // namespace

int runCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    describe(parser);
    if (const std::optional<int> status =
            parseArguments(parser, u"run"_qs, withResumedRun(arguments)))
        return *status;
    const models::Result<Request> request = readRequest(parser);
    if (!request)
        return fail(request.error());
    SqliteJournal journal;
    if (const std::optional<int> status = tellNotice(journal))
        return *status;
    KeychainStore secrets;
    EngineParts engine(journal, secrets);
    RunService& runs = engine.runs;
    const TerminalQuestions questions(engine.hosts);
    if (request->rehearse)
        return rehearseWithPreflight(*request, engine, journal);
    runs.releaseLeftLocks();
    LoginSleepInhibitor inhibitor;
    const KeepAwake keepAwake(runs, inhibitor);
    using Consent = RunObservers::Consent;
    std::optional<RunObservers> observers; // ends before what it observes with
    HeadlessRun headless(runs);
    headless.setOverride(request->override);
    headless.setTold(journal.notice().result().value_or(QString()));
    if (!request->workspace.root.isEmpty())
        observers.emplace(request->workspace, Consent::Given, engine, journal, secrets);
    if (request->resume != HeadlessRun::Resume::No) {
        const models::Result<RunSummary> run =
            headless.unfinished(request->run, request->plan.get());
        if (run) {
            const auto workspace = WorkspaceService::read(run->workspaceRoot);
            if (const auto known =
                    workspace ? checkEnvironment(*workspace, *run) : models::Result<void>();
                !known)
                return fail(known.error());
            if (workspace && !observers)
                observers.emplace(*workspace, Consent::Asked, engine, journal, secrets);
            return headless.resume(run->id);
        }
        if (request->resume == HeadlessRun::Resume::Only || !request->run.isEmpty())
            return fail(run.error());
    }
    const models::Result<models::PlanPointer> plan = overridden(*request, engine, journal);
    if (!plan)
        return fail(plan.error());
    // A rollback has to lead back to what was there, which only can be seen now.
    models::Plan seen = **plan;
    if (observers)
        seen.context.previous = observers->versionsNow(seen.context.environment);
    return headless.start(std::make_shared<const models::Plan>(std::move(seen)),
                          defaultsOf(**plan));
}

} // namespace app
