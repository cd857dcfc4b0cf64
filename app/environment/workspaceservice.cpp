// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/workspaceservice.h"

#include "app/environment/firstworkspace.h"
#include "app/environment/workspacefile.h"
#include "app/environment/workspacewatcher.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QtConcurrentRun>
#include <QThreadPool>

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace app {

namespace {

constexpr int maximumRecent = 12;

const QString recentKey = QStringLiteral("recent/workspaces");

/// $XDG_CONFIG_HOME/gantry/gantry.ini, whatever the application is called in a test.
QSettings settings() {
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("gantry"),
                     QStringLiteral("gantry"));
}

QStringList readRecent(const QSettings& file) {
    return file.value(recentKey).toStringList().mid(0, maximumRecent);
}

} // namespace

QString pathOf(const models::Workspace& workspace) {
    return workspace.isLoneFile ? workspace.root + QLatin1Char('/') + workspace.runbooks.value(0)
                                : workspace.root;
}

class WorkspaceService::Private {
public:
    explicit Private(Recent recent)
        : m_keepsRecent(recent == Recent::Kept) {
        m_writer.setMaxThreadCount(1);
    }

    [[nodiscard]] bool keepsRecent() const { return m_keepsRecent; }

    using Change = std::function<QStringList(const QStringList&)>;

    /// Counts at once; written off this thread, since that waits for the disk. What another console
    /// has added to the file meanwhile stays.
    void changeRecent(const QStringList& now, const Change& change) {
        m_recent = change(now);
        if (!m_keepsRecent)
            return;
        m_writer.start([change] {
            QSettings file = settings();
            file.setValue(recentKey, change(readRecent(file)));
        });
    }

    std::optional<QStringList> m_recent; ///< once it was changed here

    /// By what they are opened by.
    std::map<QString, std::unique_ptr<WorkspaceWatcher>> m_watchers;

private:
    const bool m_keepsRecent;
    QThreadPool m_writer; ///< of one thread, so in order; ends when all is written
};

WorkspaceService::WorkspaceService(QObject* parent)
    : WorkspaceService(Recent::Kept, parent) {}

WorkspaceService::WorkspaceService(Recent recent, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(recent)) {}

WorkspaceService::~WorkspaceService() = default;

QFuture<models::Result<models::Workspace>> WorkspaceService::open(const QString& path) {
    return QtConcurrent::run(&WorkspaceService::read, path);
}

models::Result<models::Workspace> WorkspaceService::read(const QString& path) {
    return readWorkspace(path).map([](const ReadWorkspace& read) { return read.workspace; });
}

QFuture<models::Result<models::Workspace>> WorkspaceService::outline(const QString& path) {
    return QtConcurrent::run(&outlineWorkspace, path);
}

QFuture<models::Result<QString>> WorkspaceService::create(const QString& folder,
                                                          const models::FirstFile& answers) {
    return QtConcurrent::run([folder, answers]() -> models::Result<QString> {
        if (const QString problem = models::problemOf(answers); !problem.isEmpty())
            return models::failure(models::ErrorCode::InvalidInput, problem);
        return writeFirstFile(folder, models::firstFileText(answers));
    });
}

bool WorkspaceService::keepsRecent() const {
    return d->keepsRecent();
}

QStringList WorkspaceService::recent() const {
    return d->m_recent ? *d->m_recent : readRecent(settings());
}

void WorkspaceService::addRecent(const QString& path) {
    const QString clean = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    d->changeRecent(recent(), [clean](QStringList paths) {
        paths.removeAll(clean);
        paths.prepend(clean);
        return paths.mid(0, maximumRecent);
    });
    Q_EMIT recentChanged();
}

void WorkspaceService::removeRecent(const QString& path) {
    const QString clean = QDir::cleanPath(path);
    if (!recent().contains(clean))
        return;
    d->changeRecent(recent(), [clean](QStringList paths) {
        paths.removeAll(clean);
        return paths;
    });
    Q_EMIT recentChanged();
}

void WorkspaceService::watch(const models::Workspace& workspace) {
    const QString path = pathOf(workspace);
    std::unique_ptr<WorkspaceWatcher>& watcher = d->m_watchers[path];
    if (!watcher) {
        watcher = std::make_unique<WorkspaceWatcher>();
        connect(watcher.get(), &WorkspaceWatcher::changed, this,
                [this, path] { Q_EMIT workspaceChanged(path); });
    }
    watcher->watch(workspace);
}

void WorkspaceService::unwatch(const QString& path) {
    const auto found = d->m_watchers.find(path);
    if (found == d->m_watchers.end())
        return;
    // It may be the one that has just told.
    found->second.release()->deleteLater();
    d->m_watchers.erase(found);
}

} // namespace app
