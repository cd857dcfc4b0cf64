// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/runbook/runbookservice.h"

#include "app/run/whenfinished.h"
#include "app/runbook/documentfile.h"
#include "models/core/sha256.h"
#include "models/runbook/runbookparser.h"

#include <QDir>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QHash>
#include <QtConcurrentRun>
#include <QTimer>

#include <optional>

namespace app {

namespace {

constexpr qint64 maximumBytes = 64LL * 1024 * 1024;
/// Editors write a file in several steps; what they leave behind is what counts.
constexpr std::chrono::milliseconds settling{80};

/// What a watched file holds; empty when it is gone or cannot be read.
QString fingerprint(const QString& path) {
    const auto bytes = readDocument(path, maximumBytes);
    if (!bytes)
        return {};
    return models::sha256Text(*bytes);
}

} // namespace

class RunbookService::Private : public QObject {
public:
    explicit Private(RunbookService* service)
        : m_service(service) {
        m_settled.setSingleShot(true);
        m_settled.setInterval(settling);
        connect(&m_settled, &QTimer::timeout, this, &Private::look);
        connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &Private::suspect);
        // A file that is replaced by a rename is no longer watched itself: its folder tells.
        connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &Private::suspect);
    }

    void watch(const QString& path, const QString& sha256) {
        Watched& watched = m_watched[path];
        if (!sha256.isEmpty())
            watched.content = sha256;
        addToWatcher(path);
        suspect();
    }

    void unwatch(const QString& path) {
        if (m_watched.remove(path) == 0)
            return;
        m_watcher.removePath(path);
        // Folders of other files may be among these: the next look adds them again.
        if (!m_watcher.directories().isEmpty())
            m_watcher.removePaths(m_watcher.directories());
        if (!m_watched.isEmpty())
            suspect();
    }

private:
    struct Watched {
        std::optional<QString> content; ///< nothing before the first look
        quint64 look = 0; ///< the look that it comes from; a slower, older one is dropped
    };

    /// The file, and the nearest folder above it that is there.
    void addToWatcher(const QString& path) {
        if (!m_watcher.files().contains(path) && QFileInfo(path).isFile())
            m_watcher.addPath(path);
        QDir folder = QFileInfo(path).absoluteDir();
        while (!folder.exists() && !folder.isRoot())
            folder.setPath(QFileInfo(folder.path()).absolutePath());
        if (!m_watcher.directories().contains(folder.path()))
            m_watcher.addPath(folder.path());
    }

    /// Never put off: a folder that changes all the time would hide every change otherwise.
    void suspect() {
        if (!m_settled.isActive())
            m_settled.start();
    }

    /// Reads what is watched off this thread; a first look only remembers.
    void look() {
        ++m_look;
        const QStringList paths = m_watched.keys();
        for (const QString& path : paths) {
            addToWatcher(path);
            whenFinished(
                QtConcurrent::run(&fingerprint, path), this,
                [this, path, look = m_look](const QString& now) { compare(path, now, look); });
        }
    }

    void compare(const QString& path, const QString& now, quint64 look) {
        const auto watched = m_watched.find(path);
        if (watched == m_watched.end() || look <= watched->look)
            return;
        const bool changed = watched->content && *watched->content != now;
        *watched = {now, look};
        if (changed)
            Q_EMIT m_service->runbookChanged(path);
    }

    RunbookService* m_service;
    QFileSystemWatcher m_watcher;
    QTimer m_settled;
    QHash<QString, Watched> m_watched;
    quint64 m_look = 0;
};

RunbookService::RunbookService(QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this)) {}

RunbookService::~RunbookService() = default;

QFuture<models::Result<models::Runbook>> RunbookService::load(const QString& absolutePath,
                                                              const QSet<QString>& given) {
    return QtConcurrent::run(&RunbookService::read, absolutePath, given);
}

models::Result<models::Runbook> RunbookService::read(const QString& absolutePath,
                                                     const QSet<QString>& given) {
    return readDocument(absolutePath, maximumBytes).map([&given](const QByteArray& bytes) {
        return models::parseRunbook(bytes, given);
    });
}

void RunbookService::watch(const QString& absolutePath, const QString& sha256) {
    d->watch(QDir::cleanPath(absolutePath), sha256);
}

void RunbookService::unwatch(const QString& absolutePath) {
    d->unwatch(QDir::cleanPath(absolutePath));
}

} // namespace app
