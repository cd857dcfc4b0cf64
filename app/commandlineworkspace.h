// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

#include <QStringList>

#include <map>
#include <optional>

namespace app {

/// gantry inspect FILE.md [--json]
int inspectCommand(const QStringList& arguments);
/// gantry check WORKSPACE [--json]
int checkCommand(const QStringList& arguments);
/// gantry schema
int schemaCommand(const QStringList& arguments);

/// The runbooks of a workspace, each read and parsed when it is first asked for.
class RunbookShelf {
public:
    explicit RunbookShelf(const models::Workspace& workspace)
        : m_workspace(workspace) {}

    [[nodiscard]] models::Result<const models::Runbook*> read(const QString& relativePath);
    [[nodiscard]] const models::Runbook* find(const QString& relativePath);
    /// The path of the runbook that a person means: a path, a file name with or without .md, or a
    /// title.
    [[nodiscard]] models::Result<QString> choose(const QString& name);

private:
    const models::Workspace& m_workspace;
    std::map<QString, models::Runbook> m_runbooks;
};

} // namespace app
