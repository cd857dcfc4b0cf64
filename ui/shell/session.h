// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/environment/workspace.h"

#include <QObject>
#include <QString>

namespace app {
class OpenWorkspace;
class OpenWorkspaces;
class WorkspaceService;
} // namespace app

namespace ui {

/// What the window is about: of the open workspaces the one in front, and the environment chosen in
/// it. Opening is off the window's thread; of several, the last one asked for comes to the front.
class Session final : public QObject {
    Q_OBJECT

public:
    /// Both outlive it.
    Session(app::OpenWorkspaces& open, app::WorkspaceService& workspaces,
            QObject* parent = nullptr);

    /// Folders, gantry.yaml or Markdown files, beside what is open; opened follows for the first of
    /// them, and failed for each that cannot be.
    void open(const QStringList& paths);
    /// What was open when the program last ended; opened follows for the one that was in front.
    void restore();
    /// Reads the workspace in front again; reloaded follows.
    void reload();
    /// Closes the one in front; another one that is open comes there, or closed follows.
    void close();
    void close(app::OpenWorkspace& workspace);
    void bringForward(app::OpenWorkspace& workspace);
    /// What was in front when the program last ended; empty for nothing.
    [[nodiscard]] static QString lastPath();
    /// What was open then.
    [[nodiscard]] static QStringList lastPaths();
    /// Not to be opened by itself again.
    void forget(const QString& path);

    [[nodiscard]] app::OpenWorkspaces& all() const { return m_open; }
    /// nullptr: nothing is open, or nothing of it is read yet.
    [[nodiscard]] app::OpenWorkspace* front() const { return m_front; }
    [[nodiscard]] const models::Workspace* workspace() const;
    /// Where a document was opened: its path in the workspace; empty where that was opened itself.
    [[nodiscard]] QString runbook() const { return m_runbook; }
    /// One of the workspace's; nullptr without a workspace.
    [[nodiscard]] const models::Environment* environment() const;
    void chooseEnvironment(const QString& name);

Q_SIGNALS:
    void openingStarted(const QString& path);
    /// What was asked for is in front.
    void opened();
    /// Another one is in front, or the same one for the first time.
    void frontChanged();
    void reloaded();
    void failed(const QString& path, const models::Error& error);
    /// Nothing is open any more.
    void closed();
    void environmentChosen();

private:
    void takeOpened(app::OpenWorkspace& workspace, const QString& path);
    void takeReloaded(const app::OpenWorkspace& workspace);
    void leave(const app::OpenWorkspace& workspace);
    void bringAnyForward(const app::OpenWorkspace* without = nullptr);
    void remember() const;
    [[nodiscard]] QString rememberedEnvironment() const;

    app::OpenWorkspaces& m_open;
    app::WorkspaceService& m_workspaces;
    app::OpenWorkspace* m_front = nullptr;
    QString m_wanted; ///< asked for last, and not there yet
    QString m_runbook;
    QString m_environment;
};

} // namespace ui
