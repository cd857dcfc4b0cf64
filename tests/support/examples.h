// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/environment/workspaceservice.h"
#include "app/runbook/runbookservice.h"
#include "models/run/rollbackdocument.h"
#include "tests/support/temporaryhome.h"

#include <QFile>

#include <map>

namespace tests {

[[nodiscard]] inline QString examplesDir() {
    return sourceDir() + QStringLiteral("/resources/examples");
}

/// One of the example workspaces, as it is in the sources.
struct Example {
    explicit Example(const QString& name)
        : root(examplesDir() + u'/' + name)
        , workspace(app::WorkspaceService::read(root).value_or(models::Workspace())) {}

    [[nodiscard]] QByteArray bytesOf(const QString& path) const {
        QFile file(root + u'/' + path);
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] QByteArray yaml() const { return bytesOf(QStringLiteral("gantry.yaml")); }
    [[nodiscard]] models::Runbook runbook(const QString& path) const {
        return app::RunbookService::read(root + u'/' + path, models::givenNames(workspace))
            .value_or(models::Runbook());
    }
    /// As the window makes it, for a run that is about target and finds previous there.
    [[nodiscard]] models::PlanPointer plan(const QString& path, const QString& environment,
                                           const models::Target& target,
                                           const models::Target& previous) const {
        std::map<QString, models::Runbook> others;
        models::PlanContext context = models::planContext(workspace, path, environment, {}, target);
        context.previous = previous;
        return std::make_shared<const models::Plan>(models::makePlanWithWayBack(
            runbook(path), context, workspace.runbooks, [&](const QString& other) {
                return &others.try_emplace(other, runbook(other)).first->second;
            }));
    }

    QString root;
    models::Workspace workspace;
};

} // namespace tests
