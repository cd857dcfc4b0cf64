// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session.h"

#include "app/workspace/openworkspaces.h"
#include "ui/theme/preferences.h"

#include <QDir>
#include <QFileInfo>

namespace ui {

namespace {

constexpr QLatin1String frontKey("window/workspace");
constexpr QLatin1String openKey("window/workspaces");

QString environmentKey(const models::Workspace& workspace) {
    return QStringLiteral("workspaces/%1/environment").arg(workspace.id);
}

} // namespace

Session::Session(app::OpenWorkspaces& open, app::WorkspaceService& workspaces, QObject* parent)
    : QObject(parent)
    , m_open(open)
    , m_workspaces(workspaces) {
    connect(&m_open, &app::OpenWorkspaces::opened, this,
            [this](app::OpenWorkspace* workspace, const QString& path) {
                takeOpened(*workspace, path);
            });
    connect(&m_open, &app::OpenWorkspaces::reloaded, this,
            [this](app::OpenWorkspace* workspace) { takeReloaded(*workspace); });
    connect(&m_open, &app::OpenWorkspaces::closing, this,
            [this](app::OpenWorkspace* workspace) { leave(*workspace); });
    connect(&m_open, &app::OpenWorkspaces::failed, this,
            [this](const QString& path, const models::Error& error) {
                // One that was open before says it in its own place.
                const app::OpenWorkspace* const known = m_open.findPath(path);
                const bool isTold = path == m_wanted || known == nullptr || known == m_front;
                if (path == m_wanted)
                    m_wanted.clear();
                if (isTold)
                    Q_EMIT failed(path, error);
                bringAnyForward();
            });
}

void Session::open(const QStringList& paths) {
    m_wanted = QDir::cleanPath(QFileInfo(paths.first()).absoluteFilePath());
    Q_EMIT openingStarted(paths.first());
    for (const QString& path : paths)
        m_open.open(path);
}

void Session::restore() {
    const QStringList paths = lastPaths();
    if (paths.isEmpty())
        return;
    m_wanted = lastPath();
    if (!m_wanted.isEmpty())
        Q_EMIT openingStarted(m_wanted);
    m_open.restore(paths);
}

void Session::reload() {
    if (m_front != nullptr)
        m_open.reload(*m_front);
}

void Session::takeOpened(app::OpenWorkspace& workspace, const QString& path) {
    if (path != m_wanted) {
        remember();
        bringAnyForward();
        return;
    }
    m_wanted.clear();
    // It was only to be read again.
    if (&workspace == m_front && path == workspace.path())
        return;
    const models::Workspace& read = workspace.workspace();
    const QString relative = QDir(read.root).relativeFilePath(path);
    m_runbook = read.runbooks.contains(relative) ? relative : QString();
    bringForward(workspace);
    m_workspaces.addRecent(workspace.path());
    Q_EMIT opened();
}

void Session::takeReloaded(const app::OpenWorkspace& workspace) {
    if (&workspace != m_front)
        return;
    if (environment() == nullptr)
        m_environment = rememberedEnvironment();
    Q_EMIT reloaded();
}

void Session::bringForward(app::OpenWorkspace& workspace) {
    if (&workspace == m_front)
        return;
    m_front = &workspace;
    m_environment = rememberedEnvironment();
    remember();
    Q_EMIT frontChanged();
}

void Session::close() {
    if (m_front != nullptr)
        close(*m_front);
}

void Session::close(app::OpenWorkspace& workspace) {
    m_wanted.clear();
    m_open.close(workspace);
    remember();
    if (m_open.all().empty())
        Q_EMIT closed();
}

/// What is in front goes before its services do.
void Session::leave(const app::OpenWorkspace& workspace) {
    if (&workspace != m_front)
        return;
    m_front = nullptr;
    m_environment.clear();
    m_runbook.clear();
    bringAnyForward(&workspace);
    if (m_front == nullptr)
        Q_EMIT frontChanged();
}

/// Where nothing is in front and nothing is on its way there: the first that can be.
void Session::bringAnyForward(const app::OpenWorkspace* without) {
    if (m_front != nullptr || !m_wanted.isEmpty())
        return;
    for (const auto& each : m_open.all()) {
        if (each.get() != without && each->state() == app::OpenWorkspace::State::Read)
            return bringForward(*each);
    }
}

void Session::remember() const {
    if (!m_workspaces.keepsRecent())
        return;
    QStringList paths;
    for (const auto& each : m_open.all())
        paths.append(each->path());
    Preferences::instance().setValue(openKey, paths);
    if (m_front != nullptr)
        Preferences::instance().setValue(frontKey, m_front->path());
    else if (paths.isEmpty())
        Preferences::instance().remove(frontKey);
}

QString Session::lastPath() {
    return Preferences::instance().value(frontKey).toString();
}

QStringList Session::lastPaths() {
    QStringList paths = Preferences::instance().value(openKey).toStringList();
    if (const QString front = lastPath(); !front.isEmpty() && !paths.contains(front))
        paths.append(front);
    return paths;
}

void Session::forget(const QString& path) {
    if (app::OpenWorkspace* const unread = m_open.findPath(path); unread && unread != m_front)
        close(*unread);
    if (lastPath() == path)
        Preferences::instance().remove(frontKey);
}

const models::Workspace* Session::workspace() const {
    return m_front != nullptr ? &m_front->workspace() : nullptr;
}

const models::Environment* Session::environment() const {
    return m_front != nullptr ? m_front->workspace().environment(m_environment) : nullptr;
}

QString Session::rememberedEnvironment() const {
    const models::Workspace& workspace = m_front->workspace();
    const QString name = Preferences::instance().value(environmentKey(workspace)).toString();
    if (workspace.environment(name) != nullptr)
        return name;
    return workspace.environments.isEmpty() ? QString() : workspace.environments.first().name;
}

void Session::chooseEnvironment(const QString& name) {
    if (m_front == nullptr || workspace()->environment(name) == nullptr || name == m_environment)
        return;
    m_environment = name;
    Preferences::instance().setValue(environmentKey(*workspace()), name);
    Q_EMIT environmentChosen();
}

} // namespace ui
