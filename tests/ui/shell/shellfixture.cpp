// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/shell/shellfixture.h"
#include "tests/support/filecontent.h"

#include "tests/support/attending.h"
#include "tests/ui/shell/heldplace.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace tests {

ShellFixture::ShellFixture()
    : m_journal(std::make_unique<app::SqliteJournal>())
    , m_runs(std::make_unique<app::RunService>(
          *m_journal, m_secrets,
          [](const auto&, const QString&) { return std::make_unique<HeldPlace>(); }))
    , m_runWatch(std::make_unique<app::RunWatch>(
          app::RunWatch::Parts{*m_runs, *m_journal, m_health.notifier})) {
    restart();
}

ShellFixture::~ShellFixture() {
    m_window.reset();
    m_open.reset();
    m_runWatch.reset();
    m_runs.reset();
}

ui::MainWindow& ShellFixture::restart(const QString& notice) {
    m_window.reset();
    app::WatchParts parts = m_health.parts(m_logs.service);
    parts.history = m_history;
    m_open = std::make_unique<app::OpenWorkspaces>(m_workspaces, parts);
    attendAll(*m_open, *m_runWatch, m_preflight);
    m_window = std::make_unique<ui::MainWindow>(ui::Services{
        *m_runs, m_runbooks, m_workspaces, m_hosts, m_logs.follower, *m_open, *m_runWatch,
        m_preflight, nullptr,
        notice.isEmpty() ? QFuture<models::Result<QString>>()
                         : QtFuture::makeReadyFuture(models::Result<QString>(notice))});
    return *m_window;
}

QString ShellFixture::write(const QString& relativePath, const QByteArray& bytes) {
    const QString path = m_folder.filePath(relativePath);
    writeFile(path, bytes);
    return path;
}

QString ShellFixture::makeWorkspace(const QString& name) {
    write(name + QStringLiteral("/gantry.yaml"), "gantry: 1\n"
                                                 "name: " +
                                                     name.toUtf8() +
                                                     "\n"
                                                     "environments:\n"
                                                     "  prod:\n"
                                                     "    protected: true\n"
                                                     "    promote_from: local\n"
                                                     "  local: {}\n"
                                                     "runbooks: [ runbooks/*.md ]\n");
    write(name + QStringLiteral("/runbooks/deploy.md"),
          "# Deploy the portal\n\n## Deploy\n\n- [ ] Tell the team\n- [ ] Restart the portal\n\n"
          "  ```sh\n  true\n  ```\n\n## Rollback\n\n- [ ] Start the old version\n");
    write(name + QStringLiteral("/runbooks/verify.md"),
          "# Verify the portal\n\n## Checks\n\n- [ ] Open the front page\n");
    return QFileInfo(m_folder.filePath(name)).canonicalFilePath();
}

} // namespace tests
