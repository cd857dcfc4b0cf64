// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/environment/workspaceservice.h"
#include "app/golive/runwatch.h"
#include "app/journal/sqlitejournal.h"
#include "app/preflight/preflightservice.h"
#include "app/run/runservice.h"
#include "app/runbook/runbookservice.h"
#include "app/workspace/openworkspaces.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakehostservice.h"
#include "tests/support/fakelogservice.h"
#include "tests/support/memorysecretstore.h"
#include "ui/shell/mainwindow.h"

#include <QTemporaryDir>

#include <memory>

namespace tests {

/// The window on real services, with a journal and folders of its own.
class ShellFixture {
public:
    ShellFixture();
    ~ShellFixture();

    /// Makes the window anew, as a restart would.
    ui::MainWindow& restart(const QString& notice = {});
    /// What the next windows know of before. It outlives them.
    void keepIn(app::HealthHistory& history) { m_history = &history; }
    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] app::WorkspaceService& workspaces() { return m_workspaces; }
    [[nodiscard]] app::RunService& runs() { return *m_runs; }
    [[nodiscard]] FakeHostService& hosts() { return m_hosts; }
    [[nodiscard]] FakeHealth& health() { return m_health; }
    [[nodiscard]] app::OpenWorkspaces& open() { return *m_open; }

    /// A workspace of two environments (local, and a protected prod promoted from it) and two
    /// runbooks; returns its folder.
    QString makeWorkspace(const QString& name);
    /// A file below the temporary folder; returns its path.
    QString write(const QString& relativePath, const QByteArray& bytes);

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::SqliteJournal> m_journal;
    MemorySecretStore m_secrets;
    std::unique_ptr<app::RunService> m_runs;
    app::RunbookService m_runbooks;
    app::WorkspaceService m_workspaces;
    FakeHostService m_hosts;
    FakeLogs m_logs;
    FakeHealth m_health;
    app::HealthHistory* m_history = nullptr;
    std::unique_ptr<app::RunWatch> m_runWatch;
    app::PreflightService m_preflight{
        {m_hosts, m_health.looker, *m_runs, m_health.trust, *m_journal}};
    std::unique_ptr<app::OpenWorkspaces> m_open;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace tests
