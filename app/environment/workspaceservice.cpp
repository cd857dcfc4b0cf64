// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/environment/workspaceservice.h"

#include "app/environment/firstworkspace.h"
#include "app/environment/workspacefile.h"
#include "app/run/whenfinished.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QSettings>
#include <QtConcurrentRun>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <optional>
#include <utility>

namespace app {

namespace {

constexpr int maximumRecent = 12;
constexpr int maximumWatched = 500;
/// Editors and version control change several files at once; what they leave behind counts.
constexpr std::chrono::milliseconds settling{100};

const QString recentKey = QStringLiteral("recent/workspaces");

/// $XDG_CONFIG_HOME/gantry/gantry.ini, whatever the application is called in a test.
QSettings settings() {
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("gantry"),
                     QStringLiteral("gantry"));
}

QStringList readRecent(const QSettings& file) {
    return file.value(recentKey).toStringList().mid(0, maximumRecent);
}

QString pathOf(const models::Workspace& workspace) {
    return workspace.isLoneFile ? workspace.root + QLatin1Char('/') + workspace.runbooks.value(0)
                                : workspace.root;
}

} // namespace

class WorkspaceService::Private : public QObject {
public:
    Private(WorkspaceService* service, Recent recent)
        : m_service(service)
        , m_keepsRecent(recent == Recent::Kept) {
        m_writer.setMaxThreadCount(1);
        m_settled.setSingleShot(true);
        m_settled.setInterval(settling);
        connect(&m_settled, &QTimer::timeout, this, &Private::look);
        connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &Private::suspect);
        connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &Private::suspect);
    }

    void watch(const models::Workspace& workspace) {
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

private:
    void suspect() {
        if (!m_settled.isActive())
            m_settled.start();
    }

    void look() {
        if (m_workspace.root.isEmpty())
            return;
        whenFinished(QtConcurrent::run(&readWorkspace, pathOf(m_workspace)), this,
                     [this, look = ++m_look](const models::Result<ReadWorkspace>& read) {
                         if (look == m_look)
                             compare(read);
                     });
    }

    void compare(const models::Result<ReadWorkspace>& read) {
        if (!read) {
            // The folder is gone, for now or for good: once is enough to say so.
            addToWatcher({QFileInfo(m_workspace.root).absolutePath()});
            if (!m_gone)
                Q_EMIT m_service->workspaceChanged(m_workspace.root);
            m_gone = true;
            return;
        }
        const bool cameBack = std::exchange(m_gone, false);
        addToWatcher(read->folders);
        if (read->workspace == m_workspace && !cameBack)
            return;
        m_workspace = read->workspace;
        Q_EMIT m_service->workspaceChanged(m_workspace.root);
    }

    void addToWatcher(const QStringList& folders) {
        const QStringList files = m_watcher.files();
        const QStringList directories = m_watcher.directories();
        QStringList wanted{pathOf(m_workspace)};
        wanted.append(m_workspace.root + QStringLiteral("/gantry.yaml"));
        wanted += folders;
        for (const QString& path : std::as_const(wanted)) {
            const bool known = files.contains(path) || directories.contains(path);
            if (!known && QFileInfo::exists(path) &&
                m_watcher.directories().size() < maximumWatched)
                m_watcher.addPath(path);
        }
    }

    WorkspaceService* m_service;
    const bool m_keepsRecent;
    QFileSystemWatcher m_watcher;
    QTimer m_settled;
    models::Workspace m_workspace;
    quint64 m_look = 0; ///< a slower, older look is dropped
    bool m_gone = false;
    QThreadPool m_writer; ///< of one thread, so in order; ends when all is written
};

WorkspaceService::WorkspaceService(QObject* parent)
    : WorkspaceService(Recent::Kept, parent) {}

WorkspaceService::WorkspaceService(Recent recent, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, recent)) {}

WorkspaceService::~WorkspaceService() = default;

QFuture<models::Result<models::Workspace>> WorkspaceService::open(const QString& path) {
    return QtConcurrent::run(&WorkspaceService::read, path);
}

models::Result<models::Workspace> WorkspaceService::read(const QString& path) {
    return readWorkspace(path).map([](const ReadWorkspace& read) { return read.workspace; });
}

QFuture<models::Result<QString>> WorkspaceService::create(const QString& folder,
                                                          const models::FirstFile& answers) {
    return QtConcurrent::run([folder, answers]() -> models::Result<QString> {
        if (const QString problem = models::problemOf(answers); !problem.isEmpty())
            return models::failure(models::ErrorCode::InvalidInput, problem);
        return writeFirstFile(folder, models::firstFileText(answers));
    });
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
    d->watch(workspace);
}

} // namespace app
