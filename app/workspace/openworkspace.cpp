// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/openworkspace.h"

#include <QFileInfo>

namespace app {

OpenWorkspace::OpenWorkspace(const WatchParts& parts, QString path, QObject* parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_health(parts.prober, parts.trust)
    , m_versions({parts.prober, parts.containers, parts.commits, parts.journal}, parts.trust)
    , m_contracts(parts.variables, parts.trust)
    , m_logs(m_health, parts.logs)
    , m_watch(m_health, parts.prober, parts.metrics)
    , m_notices(m_health, m_watch, parts.desktop, parts.webhooks) {
    if (parts.history != nullptr)
        m_health.keepIn(*parts.history);
    m_watch.readLogs(m_logs);
    connect(&parts.trust, &TrustKeeper::changed, this, [this](const QString& root) {
        if (root == m_workspace.root)
            Q_EMIT changed();
    });
}

OpenWorkspace::~OpenWorkspace() = default;

QString OpenWorkspace::name() const {
    return m_workspace.name.isEmpty() ? QFileInfo(m_path).fileName() : m_workspace.name;
}

void OpenWorkspace::take(const models::Workspace& workspace, State state) {
    m_workspace = workspace;
    m_state = state;
    m_problem.clear();
    // These first: whoever shows it is told by the health that it is another.
    m_versions.watch(workspace);
    m_contracts.watch(workspace);
    m_health.watch(workspace);
    Q_EMIT changed();
}

void OpenWorkspace::takeProblem(const QString& problem) {
    m_problem = problem;
    m_state = State::Unreadable;
    Q_EMIT changed();
}

} // namespace app
