// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QMenu;

namespace app {
class OpenWorkspaces;
class WorkspaceService;
} // namespace app

namespace ui {

class Session;

/// Fills menus with the workspaces that are open and those that were.
class WorkspaceMenus final : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    WorkspaceMenus(app::OpenWorkspaces& open, app::WorkspaceService& workspaces, Session& session,
                   QObject* parent);

    /// Those that were open and are not; a choice is openRequested.
    void fillRecent(QMenu& menu);
    /// Those that are open, the one in front marked, and behind a line those that were. A choice of
    /// the former comes to the front.
    void fillAll(QMenu& menu);

Q_SIGNALS:
    void openRequested(const QString& path);

private:
    app::OpenWorkspaces& m_open;
    app::WorkspaceService& m_workspaces;
    Session& m_session;
};

} // namespace ui
