// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session.h"

#include "app/environment/workspaceservice.h"
#include "ui/theme/preferences.h"
#include "ui/widgets/whenfinished.h"

#include <QDir>
#include <QFileInfo>

namespace ui {

namespace {

constexpr QLatin1String pathKey("window/workspace");

QString environmentKey(const models::Workspace& workspace) {
    return QStringLiteral("workspaces/%1/environment").arg(workspace.id);
}

} // namespace

Session::Session(app::WorkspaceService& workspaces, QObject* parent)
    : QObject(parent)
    , m_workspaces(workspaces) {
    connect(&m_workspaces, &app::WorkspaceService::workspaceChanged, this,
            [this](const QString& root) {
                if (m_workspace && m_workspace->root == root)
                    reload();
            });
}

void Session::open(const QString& path) {
    m_opening = true;
    Q_EMIT openingStarted(path);
    load(QFileInfo(path).absoluteFilePath());
}

void Session::reload() {
    if (m_workspace)
        load(m_path);
}

void Session::load(const QString& path) {
    const int request = ++m_request;
    whenFinished(m_workspaces.open(path), this,
                 [this, request, path](const models::Result<models::Workspace>& result) {
                     if (request != m_request)
                         return;
                     m_opening = false;
                     if (result)
                         take(*result, path);
                     else
                         Q_EMIT failed(path, result.error());
                 });
}

void Session::take(models::Workspace workspace, const QString& path) {
    const bool again = m_workspace && m_path == path;
    m_workspace = std::move(workspace);
    const QString relative = QDir(m_workspace->root).relativeFilePath(path);
    m_runbook = m_workspace->runbooks.contains(relative) ? relative : QString();
    m_path = m_workspace->isLoneFile ? path : m_workspace->root;
    if (!again || environment() == nullptr)
        m_environment = rememberedEnvironment();
    m_workspaces.watch(*m_workspace);
    if (again) {
        Q_EMIT reloaded();
        return;
    }
    Q_EMIT opened();
    m_workspaces.addRecent(m_path);
    Preferences::instance().setValue(pathKey, m_path);
}

void Session::close() {
    ++m_request;
    m_opening = false;
    m_workspace.reset();
    m_path.clear();
    Preferences::instance().remove(pathKey);
    Q_EMIT closed();
}

QString Session::lastPath() {
    return Preferences::instance().value(pathKey).toString();
}

void Session::forget(const QString& path) {
    if (lastPath() == path)
        Preferences::instance().remove(pathKey);
}

const models::Environment* Session::environment() const {
    return m_workspace ? m_workspace->environment(m_environment) : nullptr;
}

QString Session::rememberedEnvironment() const {
    const QString name = Preferences::instance().value(environmentKey(*m_workspace)).toString();
    if (m_workspace->environment(name) != nullptr)
        return name;
    return m_workspace->environments.isEmpty() ? QString() : m_workspace->environments.first().name;
}

void Session::chooseEnvironment(const QString& name) {
    if (!m_workspace || m_workspace->environment(name) == nullptr || name == m_environment)
        return;
    m_environment = name;
    Preferences::instance().setValue(environmentKey(*m_workspace), name);
    Q_EMIT environmentChosen();
}

} // namespace ui
