// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandlineworkspace.h"

#include "app/commandlineoutput.h"
#include "app/environment/workspaceservice.h"
#include "app/hostdiagnostics.h"
#include "app/runbook/runbookservice.h"
#include "models/environment/conditionnames.h"
#include "models/environment/jsonschema.h"
#include "models/environment/placecheck.h"
#include "models/run/plan.h"
#include "models/runbook/runbookjson.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace app {
namespace {

const QCommandLineOption json(u"json"_qs, u"Print one JSON object."_qs);

QJsonArray diagnosticsJson(const models::Diagnostics& diagnostics) {
    QJsonArray list;
    for (const models::Diagnostic& diagnostic : diagnostics)
        list.append(diagnosticJson(diagnostic));
    return list;
}

int errorsIn(const models::Diagnostics& diagnostics) {
    return static_cast<int>(std::count_if(diagnostics.cbegin(), diagnostics.cend(),
                                          [](const models::Diagnostic& diagnostic) {
                                              return diagnostic.severity == models::Severity::Error;
                                          }));
}

void printDiagnostics(const QString& file, const models::Diagnostics& diagnostics) {
    for (const models::Diagnostic& diagnostic : diagnostics) {
        print(u"%1:%2:%3: %4: %5"_qs.arg(file)
                  .arg(diagnostic.line)
                  .arg(diagnostic.column)
                  .arg(severityName(diagnostic.severity), diagnostic.message));
    }
}

/// A document as its workspace sees it, where the nearest gantry.yaml above lists it; else alone.
models::Result<models::Runbook> readWithItsWorkspace(const QString& file) {
    const models::Result<models::Workspace> workspace = WorkspaceService::read(file);
    const bool isListed = workspace && !workspace->isLoneFile;
    return RunbookService::read(file, isListed ? models::givenNames(*workspace) : QSet<QString>());
}

/// What the document says itself, then what only shows among the others.
models::Diagnostics allDiagnostics(const models::Workspace& workspace, const QString& path,
                                   const models::Runbook& runbook, RunbookShelf& shelf) {
    const models::PlanContext context =
        models::planContext(workspace, path, workspace.environments.first().name, {}, {});
    const models::Plan plan = models::makePlan(
        runbook, context, [&shelf](const QString& other) { return shelf.find(other); });
    return runbook.diagnostics + plan.diagnostics + models::checkPlaces(workspace, path, runbook) +
           models::checkConditions(workspace, runbook);
}

} // namespace

models::Result<const models::Runbook*> RunbookShelf::read(const QString& relativePath) {
    const auto found = m_runbooks.find(relativePath);
    if (found != m_runbooks.end())
        return &found->second;
    models::Result<models::Runbook> runbook = RunbookService::read(
        QDir(m_workspace.root).filePath(relativePath), models::givenNames(m_workspace));
    if (!runbook)
        return tl::unexpected(runbook.error());
    return &m_runbooks.emplace(relativePath, std::move(*runbook)).first->second;
}

const models::Runbook* RunbookShelf::find(const QString& relativePath) {
    if (!m_workspace.runbooks.contains(relativePath))
        return nullptr;
    const models::Result<const models::Runbook*> runbook = read(relativePath);
    return runbook ? *runbook : nullptr;
}

models::Result<QString> RunbookShelf::choose(const QString& name) {
    const QStringList& paths = m_workspace.runbooks;
    if (name.isEmpty() && paths.size() == 1)
        return paths.first();
    const QString list = paths.join(u"\n  "_qs);
    if (name.isEmpty()) {
        return models::failure(models::ErrorCode::InvalidInput,
                               u"Name the runbook. The workspace has:\n  %1"_qs.arg(list));
    }
    QStringList matches;
    for (const QString& path : paths) {
        const QFileInfo file(path);
        if (path == name || QDir(m_workspace.root).filePath(path) ==
                                QDir::cleanPath(QFileInfo(name).absoluteFilePath()))
            return path;
        if (file.fileName() == name || file.completeBaseName() == name)
            matches.append(path);
    }
    if (matches.isEmpty()) {
        for (const QString& path : paths) {
            const models::Runbook* runbook = find(path);
            if (runbook && runbook->title.compare(name, Qt::CaseInsensitive) == 0)
                matches.append(path);
        }
    }
    if (matches.size() == 1)
        return matches.first();
    return models::failure(
        models::ErrorCode::InvalidInput,
        matches.isEmpty()
            ? u"There is no runbook “%1”. The workspace has:\n  %2"_qs.arg(name, list)
            : u"“%1” names several runbooks:\n  %2"_qs.arg(name, matches.join(u"\n  "_qs)));
}

int inspectCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Prints a Markdown document as Gantry understands it."_qs);
    parser.addPositionalArgument(u"FILE.md"_qs, u"The document."_qs);
    parser.addOption(json);
    if (const std::optional<int> status = parseArguments(parser, u"inspect"_qs, arguments))
        return *status;
    if (parser.positionalArguments().size() != 1)
        return unusable(u"Name one Markdown file: gantry inspect FILE.md"_qs);
    const models::Result<models::Runbook> runbook =
        readWithItsWorkspace(QFileInfo(parser.positionalArguments().first()).absoluteFilePath());
    if (!runbook)
        return fail(runbook.error());
    if (parser.isSet(json))
        printJson(models::inspectJson(*runbook));
    else
        print(models::inspectOutline(*runbook).trimmed());
    return exitGood;
}

int checkCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Validates gantry.yaml and every runbook, and prints the trust hash. Says which hosts "
        u"steps\n"
        "name that are not there, and what of ~/.ssh/config keeps a host from being connected to, "
        "or is\n"
        "not honoured. Connects to nothing. Ends with status 1 where there are errors."_qs);
    parser.addPositionalArgument(u"WORKSPACE"_qs,
                                 u"A folder, a gantry.yaml or a Markdown file."_qs);
    parser.addOption(json);
    if (const std::optional<int> status = parseArguments(parser, u"check"_qs, arguments))
        return *status;
    if (parser.positionalArguments().size() != 1)
        return unusable(u"Name one workspace: gantry check WORKSPACE"_qs);
    const models::Result<models::Workspace> workspace =
        WorkspaceService::read(parser.positionalArguments().first());
    if (!workspace)
        return fail(workspace.error());

    RunbookShelf shelf(*workspace);
    const models::Diagnostics ofFile =
        workspace->diagnostics + hostDiagnostics(*workspace, ourSurroundings());
    int errors = errorsIn(ofFile);
    QJsonArray runbooks;
    if (!parser.isSet(json))
        printDiagnostics(u"gantry.yaml"_qs, ofFile);
    for (const QString& path : workspace->runbooks) {
        const models::Result<const models::Runbook*> runbook = shelf.read(path);
        const models::Diagnostics diagnostics =
            runbook ? allDiagnostics(*workspace, path, **runbook, shelf)
                    : models::Diagnostics{{1, 1, models::Severity::Error, runbook.error().message}};
        errors += errorsIn(diagnostics);
        if (!parser.isSet(json))
            printDiagnostics(path, diagnostics);
        runbooks.append(QJsonObject{{u"path"_qs, path},
                                    {u"title"_qs, runbook ? (*runbook)->title : QString()},
                                    {u"diagnostics"_qs, diagnosticsJson(diagnostics)}});
    }
    QStringList environments;
    for (const models::Environment& environment : workspace->environments)
        environments.append(environment.name);
    if (parser.isSet(json)) {
        printJson({{u"id"_qs, workspace->id},
                   {u"name"_qs, workspace->name},
                   {u"root"_qs, workspace->root},
                   {u"trust_hash"_qs, workspace->trustHash},
                   {u"environments"_qs, QJsonArray::fromStringList(environments)},
                   {u"diagnostics"_qs, diagnosticsJson(ofFile)},
                   {u"runbooks"_qs, runbooks},
                   {u"errors"_qs, errors}});
    } else {
        print(u"%1: runbooks %2, environments %3, errors %4"_qs.arg(
            workspace->name, QString::number(runbooks.size()), environments.join(u", "_qs),
            QString::number(errors)));
        print(u"trust hash %1"_qs.arg(workspace->trustHash));
    }
    if (errors > 0)
        printError(errors == 1 ? u"1 error was found."_qs
                               : u"%1 errors were found."_qs.arg(errors));
    return errors > 0 ? exitFellShort : exitGood;
}

int schemaCommand(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        u"Prints the keys of gantry.yaml as a JSON Schema, by which editors complete them."_qs);
    if (const std::optional<int> status = parseArguments(parser, u"schema"_qs, arguments))
        return *status;
    print(QString::fromUtf8(models::workspaceJsonSchema().trimmed()));
    return exitGood;
}

} // namespace app
