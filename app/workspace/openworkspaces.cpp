// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace/openworkspaces.h"

#include "app/health/notifier.h"
#include "app/run/whenfinished.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>

namespace app {

namespace {

/// What was seen last is painted in this time. Answers that came meanwhile would hold it up.
constexpr std::chrono::milliseconds painting{50};

QString cleaned(const QString& path) {
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

} // namespace

OpenWorkspaces::OpenWorkspaces(WorkspaceService& files, const WatchParts& parts, QObject* parent)
    : QObject(parent)
    , m_files(files)
    , m_parts(parts) {
    connect(&m_files, &WorkspaceService::workspaceChanged, this, [this](const QString& path) {
        if (findPath(path) != nullptr)
            read(path);
    });
}

OpenWorkspaces::~OpenWorkspaces() = default;

OpenWorkspace* OpenWorkspaces::find(const QString& id) const {
    for (const auto& each : m_all) {
        if (!id.isEmpty() && each->workspace().id == id)
            return each.get();
    }
    return nullptr;
}

OpenWorkspace* OpenWorkspaces::findPath(const QString& path) const {
    for (const auto& each : m_all) {
        if (each->path() == path)
            return each.get();
    }
    return nullptr;
}

void OpenWorkspaces::open(const QString& path) {
    const QString place = cleaned(path);
    if (!m_places.contains(place))
        m_places[place] = m_nextPlace++;
    outline(place);
}

void OpenWorkspaces::restore(const QStringList& paths) {
    for (const QString& path : paths) {
        if (findPath(path) == nullptr)
            add(path, path);
        outline(path);
    }
}

OpenWorkspace& OpenWorkspaces::add(const QString& path, const QString& asked) {
    const int place = m_places.contains(asked) ? m_places.take(asked) : m_nextPlace++;
    m_places[path] = place;
    const auto behind = std::find_if(m_all.begin(), m_all.end(), [&](const auto& each) {
        return m_places.value(each->path()) > place;
    });
    OpenWorkspace& one = **m_all.insert(behind, std::make_unique<OpenWorkspace>(m_parts, path));
    Q_EMIT added(&one);
    Q_EMIT changed();
    return one;
}

OpenWorkspace& OpenWorkspaces::take(const models::Workspace& workspace,
                                    OpenWorkspace::State state) {
    return take(workspace, state, pathOf(workspace));
}

OpenWorkspace& OpenWorkspaces::take(const models::Workspace& workspace, OpenWorkspace::State state,
                                    const QString& asked) {
    OpenWorkspace* const known = findPath(pathOf(workspace));
    OpenWorkspace& one = known != nullptr ? *known : add(pathOf(workspace), asked);
    one.take(workspace, state);
    return one;
}

bool OpenWorkspaces::admit(const QString& path, const models::Workspace& workspace) {
    m_refused.remove(path);
    const OpenWorkspace* const same = find(workspace.id);
    if (same == nullptr || same->path() == pathOf(workspace))
        return true;
    m_refused[path] = workspace.id;
    reject(path,
           {models::ErrorCode::Refused,
            u"%1 is open from %2, under the same id as %3. Both would share runs and history: "
            "close the one, or give the other an id of its own in gantry.yaml."_qs.arg(
                same->name(), same->path(), pathOf(workspace)),
            {}});
    return false;
}

OpenWorkspace* OpenWorkspaces::rivalOf(const QString& path) const {
    return find(m_refused.value(path));
}

void OpenWorkspaces::ask(const QString& path,
                         const QFuture<models::Result<models::Workspace>>& answer,
                         std::function<void(const models::Workspace&)> admitted) {
    const int request = ++m_requests[path];
    whenFinished(answer, this,
                 [this, path, request,
                  admitted = std::move(admitted)](const models::Result<models::Workspace>& result) {
                     if (request != m_requests.value(path))
                         return;
                     if (!result)
                         reject(path, result.error());
                     else if (admit(path, *result))
                         admitted(*result);
                 });
}

void OpenWorkspaces::outline(const QString& path) {
    ask(path, WorkspaceService::outline(path), [this, path](const models::Workspace& outlined) {
        OpenWorkspace* const known = findPath(pathOf(outlined));
        if (known == nullptr || known->workspace().environments.isEmpty())
            readLater(path, take(outlined, OpenWorkspace::State::Outlined, path));
        else
            read(path);
    });
}

void OpenWorkspaces::readLater(const QString& path, OpenWorkspace& outlined) {
    if (!outlined.health().awaitsLasts())
        return read(path);
    const int request = m_requests.value(path);
    const auto readNow = [this, path, request] {
        if (request == m_requests.value(path))
            read(path);
    };
    connect(
        &outlined.health(), &HealthService::lastsTaken, this,
        [this, readNow] { QTimer::singleShot(painting, this, readNow); }, Qt::SingleShotConnection);
}

void OpenWorkspaces::read(const QString& path) {
    ask(path, m_files.open(path), [this, path](const models::Workspace& workspace) {
        const OpenWorkspace* const known = findPath(pathOf(workspace));
        const bool isAgain = known != nullptr && known->state() != OpenWorkspace::State::Outlined;
        OpenWorkspace& one = take(workspace, OpenWorkspace::State::Read, path);
        if (one.path() != path)
            m_places.remove(path);
        m_files.watch(workspace);
        if (isAgain)
            Q_EMIT reloaded(&one);
        Q_EMIT opened(&one, path);
    });
}

void OpenWorkspaces::reject(const QString& path, const models::Error& error) {
    if (OpenWorkspace* const known = findPath(path))
        known->takeProblem(error.message);
    else
        m_places.remove(path);
    Q_EMIT failed(path, error);
}

void OpenWorkspaces::reload(OpenWorkspace& workspace) {
    read(workspace.path());
}

void OpenWorkspaces::close(OpenWorkspace& workspace) {
    const auto found = std::find_if(m_all.begin(), m_all.end(),
                                    [&](const auto& each) { return each.get() == &workspace; });
    if (found == m_all.end())
        return;
    ++m_requests[workspace.path()];
    m_places.remove(workspace.path());
    m_files.unwatch(workspace.path());
    Q_EMIT closing(&workspace);
    m_all.erase(std::find_if(m_all.begin(), m_all.end(),
                             [&](const auto& each) { return each.get() == &workspace; }));
    Q_EMIT changed();
}

void OpenWorkspaces::testNotices(const NoticeTold& told) {
    if (m_all.empty())
        m_parts.desktop.tell(NoticeService::testNotice(), told);
    for (const auto& each : m_all)
        each->notices().test(each == m_all.front() ? NoticeService::Desktop::Told
                                                   : NoticeService::Desktop::Spared,
                             told);
}

} // namespace app
