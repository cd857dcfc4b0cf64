// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/failurebanner.h"

#include "app/environment/workspaceservice.h"
#include "app/workspace/openworkspaces.h"
#include "ui/shell/session.h"
#include "ui/widgets/actionbutton.h"

namespace ui {

FailureBanner::FailureBanner(app::OpenWorkspaces& open, app::WorkspaceService& workspaces,
                             Session& session)
    : m_open(open)
    , m_workspaces(workspaces)
    , m_session(session) {
    setObjectName(QStringLiteral("failure"));
}

void FailureBanner::tell(const QString& path, const models::Error& error) {
    showMessage(Level::Error, error.message);
    m_path = path;
    if (const app::OpenWorkspace* const rival = m_open.rivalOf(path)) {
        ActionButton* replace = addAction(tr("Replace %1").arg(rival->path()));
        replace->setObjectName(QStringLiteral("replaceWorkspace"));
        connect(replace, &QPushButton::clicked, this, [this, path] { replaceRivalOf(path); });
    }
    if (!m_workspaces.recent().contains(path))
        return;
    ActionButton* remove = addAction(tr("Remove from recent"));
    connect(remove, &QPushButton::clicked, this, [this, path] { forget(path); });
}

void FailureBanner::takeBack(const QString& path) {
    if (path == m_path)
        hide();
}

void FailureBanner::replaceRivalOf(const QString& path) {
    hide();
    if (app::OpenWorkspace* const rival = m_open.rivalOf(path))
        m_session.close(*rival);
    Q_EMIT openRequested(path);
}

void FailureBanner::forget(const QString& path) {
    m_workspaces.removeRecent(path);
    m_session.forget(path);
    hide();
}

} // namespace ui
