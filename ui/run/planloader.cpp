// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/planloader.h"

#include "app/runbook/runbookservice.h"
#include "models/environment/meantenvironment.h"
#include "models/run/rollbackdocument.h"

#include <QDir>
#include <QtConcurrent>

#include <map>

namespace ui {

namespace {

QString environmentOf(const PlanRequest& request, const models::Runbook& runbook) {
    const QStringList& named = runbook.frontMatter.environments;
    if (!request.suggestsEnvironment || named.contains(request.environment, Qt::CaseInsensitive))
        return request.environment;
    for (const QString& name : named) {
        if (const auto* const meant = models::meantEnvironment(request.workspace, name))
            return meant->name;
    }
    return request.environment;
}

models::Result<models::PlanPointer> makeRequestedPlan(const PlanRequest& request) {
    const QDir root(request.workspace.root);
    const QSet<QString> given = models::givenNames(request.workspace);
    const auto runbook =
        app::RunbookService::read(root.absoluteFilePath(request.runbookPath), given);
    if (!runbook)
        return tl::unexpected(runbook.error());
    std::map<QString, models::Runbook> others;
    const auto lookUp = [&](const QString& path) -> const models::Runbook* {
        // Only what the workspace itself lists: a document names no files outside of it.
        if (!request.workspace.runbooks.contains(path))
            return nullptr;
        const auto known = others.find(path);
        if (known != others.end())
            return &known->second;
        auto other = app::RunbookService::read(root.absoluteFilePath(path), given);
        return other ? &others.emplace(path, std::move(*other)).first->second : nullptr;
    };
    models::PlanContext context =
        models::planContext(request.workspace, request.runbookPath,
                            environmentOf(request, *runbook), {}, request.target);
    context.overrides = request.overrides;
    context.previous = request.previous;
    return std::make_shared<const models::Plan>(
        models::makePlanWithWayBack(*runbook, context, request.workspace.runbooks, lookUp));
}

} // namespace

QFuture<models::Result<models::PlanPointer>> loadPlan(const PlanRequest& request) {
    return QtConcurrent::run(makeRequestedPlan, request);
}

} // namespace ui
