// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/environment/workspace.h"

#include <QObject>
#include <QString>

#include <optional>

namespace app {
class WorkspaceService;
}

namespace ui {

/// What the window is about: the open workspace and the environment chosen in it. Opening is off
/// the window's thread; of several, the last one asked for wins.
class Session final : public QObject {
    Q_OBJECT

public:
    explicit Session(app::WorkspaceService& workspaces, QObject* parent = nullptr);

    /// A folder, a gantry.yaml or a Markdown file; opened, or failed, follows.
    void open(const QString& path);
    /// Reads the open workspace again; reloaded follows.
    void reload();
    void close();
    /// What was open when the program last ended; empty for nothing.
    [[nodiscard]] static QString lastPath();
    /// Not to be opened by itself again, where it is what was open last.
    void forget(const QString& path);

    [[nodiscard]] bool isOpening() const { return m_opening; }
    [[nodiscard]] const models::Workspace* workspace() const {
        return m_workspace ? &*m_workspace : nullptr;
    }
    /// What was opened, absolute: to open it again.
    [[nodiscard]] QString path() const { return m_path; }
    /// Where a document was opened: its path in the workspace; empty where that was opened itself.
    [[nodiscard]] QString runbook() const { return m_runbook; }
    /// One of the workspace's; nullptr without a workspace.
    [[nodiscard]] const models::Environment* environment() const;
    void chooseEnvironment(const QString& name);

Q_SIGNALS:
    void openingStarted(const QString& path);
    void opened();
    void reloaded();
    void failed(const QString& path, const models::Error& error);
    void closed();
    void environmentChosen();

private:
    void load(const QString& path);
    void take(models::Workspace workspace, const QString& path);
    [[nodiscard]] QString rememberedEnvironment() const;

    app::WorkspaceService& m_workspaces;
    std::optional<models::Workspace> m_workspace;
    QString m_runbook;
    QString m_path;
    QString m_environment;
    int m_request = 0; ///< number of the last request: answers to older ones are dropped
    bool m_opening = false;
};

} // namespace ui
