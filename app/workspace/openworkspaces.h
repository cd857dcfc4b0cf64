// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/environment/workspaceservice.h"
#include "app/workspace/openworkspace.h"

#include <QFuture>
#include <QMap>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace app {

/// The workspaces that are open, each watched for itself, and read again whenever its files change.
/// One that cannot be read says so, and disturbs none of the others. Main thread.
class OpenWorkspaces final : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it.
    OpenWorkspaces(WorkspaceService& files, const WatchParts& parts, QObject* parent = nullptr);
    ~OpenWorkspaces() override;

    /// In the order in which they were asked for, whichever was read first.
    [[nodiscard]] const std::vector<std::unique_ptr<OpenWorkspace>>& all() const { return m_all; }
    /// By its own id; nullptr where it is not open.
    [[nodiscard]] OpenWorkspace* find(const QString& id) const;
    [[nodiscard]] OpenWorkspace* findPath(const QString& path) const;
    /// Where path was refused since its id is open from another folder: that one; else nullptr.
    [[nodiscard]] OpenWorkspace* rivalOf(const QString& path) const;

    /// Reads what is there and adds it; one that is open is read again. opened or failed follows.
    /// What gantry.yaml says is there first (added), and its runbooks later.
    void open(const QString& path);
    /// Those that were open before, in this order: one that cannot be read has its place all the
    /// same, with its problem.
    void restore(const QStringList& paths);
    /// Adds it, or takes it for what it is now.
    OpenWorkspace& take(const models::Workspace& workspace,
                        OpenWorkspace::State state = OpenWorkspace::State::Read);
    void reload(OpenWorkspace& workspace);
    void close(OpenWorkspace& workspace);
    /// Tells everybody who would be told, of all of them.
    void testNotices(const NoticeTold& told = {});

Q_SIGNALS:
    /// One more: nothing of it is watched yet.
    void added(app::OpenWorkspace* workspace);
    /// What was asked for as path is there, all of it.
    void opened(app::OpenWorkspace* workspace, const QString& path);
    /// Its files changed, and it was read again.
    void reloaded(app::OpenWorkspace* workspace);
    /// path cannot be opened.
    void failed(const QString& path, const models::Error& error);
    /// About to go, with its services.
    void closing(app::OpenWorkspace* workspace);
    /// Others are open than before.
    void changed();

private:
    /// asked: what led to it.
    OpenWorkspace& add(const QString& path, const QString& asked);
    OpenWorkspace& take(const models::Workspace& workspace, OpenWorkspace::State state,
                        const QString& asked);
    /// Hands on the answer where nothing was asked of this path since and it may be opened; else it
    /// is dropped or rejected.
    void ask(const QString& path, const QFuture<models::Result<models::Workspace>>& answer,
             std::function<void(const models::Workspace&)> admitted);
    void outline(const QString& path);
    void read(const QString& path);
    /// Once what was seen of it last is there, and painted.
    void readLater(const QString& path, OpenWorkspace& outlined);
    void reject(const QString& path, const models::Error& error);
    /// Whether it may be opened: two folders with the same id would share runs and history. Else it
    /// is rejected.
    [[nodiscard]] bool admit(const QString& path, const models::Workspace& workspace);

    WorkspaceService& m_files;
    const WatchParts m_parts;
    std::vector<std::unique_ptr<OpenWorkspace>> m_all;
    QMap<QString, int> m_places; ///< by path that was asked for or is open: the lower comes first
    int m_nextPlace = 0;
    QMap<QString, QString> m_refused; ///< by path: the id that is open already
    QMap<QString, int> m_requests; ///< by path, number of the last one: older answers are dropped
};

} // namespace app
