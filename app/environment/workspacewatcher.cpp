// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/workspacewatcher.h"

#include "app/environment/workspaceservice.h"
#include "app/run/whenfinished.h"

#include <QFileInfo>
#include <QtConcurrentRun>

namespace app {

namespace {

constexpr int maximumWatched = 500;
/// Editors and version control change several files at once; what they leave behind counts.
constexpr std::chrono::milliseconds settling{100};

} // namespace

WorkspaceWatcher::WorkspaceWatcher(QObject* parent)
    : QObject(parent) {
    m_settled.setSingleShot(true);
    m_settled.setInterval(settling);
    connect(&m_settled, &QTimer::timeout, this, &WorkspaceWatcher::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &WorkspaceWatcher::suspect);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &WorkspaceWatcher::suspect);
}

void WorkspaceWatcher::watch(const models::Workspace& workspace) {
    m_workspace = workspace;
    m_gone = false;
    ++m_look;
    const QStringList old = m_watcher.files() + m_watcher.directories();
    if (!old.isEmpty())
        m_watcher.removePaths(old);
    addToWatcher({workspace.root});
    // What changed between reading and now is found by the first look.
    suspect();
}

void WorkspaceWatcher::suspect() {
    if (!m_settled.isActive())
        m_settled.start();
}

void WorkspaceWatcher::look() {
    whenFinished(QtConcurrent::run(&readWorkspace, pathOf(m_workspace)), this,
                 [this, look = ++m_look](const models::Result<ReadWorkspace>& read) {
                     if (look == m_look)
                         compare(read);
                 });
}

void WorkspaceWatcher::compare(const models::Result<ReadWorkspace>& read) {
    if (!read) {
        // The folder is gone, for now or for good: once is enough to say so.
        addToWatcher({QFileInfo(m_workspace.root).absolutePath()});
        if (!m_gone)
            Q_EMIT changed();
        m_gone = true;
        return;
    }
    const bool cameBack = std::exchange(m_gone, false);
    addToWatcher(read->folders);
    if (read->workspace == m_workspace && !cameBack)
        return;
    m_workspace = read->workspace;
    Q_EMIT changed();
}

void WorkspaceWatcher::addToWatcher(const QStringList& folders) {
    const QStringList files = m_watcher.files();
    const QStringList directories = m_watcher.directories();
    QStringList wanted{pathOf(m_workspace)};
    wanted.append(m_workspace.root + QStringLiteral("/gantry.yaml"));
    wanted += folders;
    for (const QString& path : std::as_const(wanted)) {
        const bool known = files.contains(path) || directories.contains(path);
        if (!known && QFileInfo::exists(path) && m_watcher.directories().size() < maximumWatched)
            m_watcher.addPath(path);
    }
}

} // namespace app
