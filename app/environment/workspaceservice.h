// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/firstfile.h"
#include "models/environment/workspace.h"

#include <QFuture>
#include <QObject>

#include <memory>

namespace app {

/// Opens folders and lone files as workspaces; remembers the recent ones. Main thread; reading is
/// off it. Opening executes and connects to nothing.
class WorkspaceService : public QObject {
    Q_OBJECT

public:
    /// Whether what is recent is still known to the next console.
    enum class Recent { Kept, Forgotten };

    explicit WorkspaceService(QObject* parent = nullptr);
    explicit WorkspaceService(Recent recent, QObject* parent = nullptr);
    ~WorkspaceService() override;

    /// A folder, a gantry.yaml or a Markdown file: one that a workspace above it lists opens that
    /// one. Diagnostics of a broken gantry.yaml come with
    /// the workspace; only what cannot be read at all is an error.
    QFuture<models::Result<models::Workspace>> open(const QString& path);
    /// What the gantry.yaml of a folder says, sooner: without its runbooks, and so without a hash
    /// to trust it by.
    [[nodiscard]] static QFuture<models::Result<models::Workspace>> outline(const QString& path);
    /// The same as open() on the calling thread, for the command line.
    [[nodiscard]] static models::Result<models::Workspace> read(const QString& path);

    /// Writes the first gantry.yaml of a folder that has none, as answered; gives the folder.
    /// Refused where there is one, or where the answers have a problem.
    QFuture<models::Result<QString>> create(const QString& folder,
                                            const models::FirstFile& answers);

    /// Whether what is open and recent is to be known to the next console.
    [[nodiscard]] bool keepsRecent() const;
    /// Newest first, at most 12, existing or not.
    [[nodiscard]] QStringList recent() const;
    void addRecent(const QString& path);
    void removeRecent(const QString& path);

    /// workspaceChanged follows when gantry.yaml or the set of runbooks changes. Of one workspace
    /// what was given last counts.
    void watch(const models::Workspace& workspace);
    /// path: pathOf() it.
    void unwatch(const QString& path);

Q_SIGNALS:
    /// path: pathOf() it.
    void workspaceChanged(const QString& path);
    void recentChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// What a workspace is opened again by: its folder, or its lone document.
[[nodiscard]] QString pathOf(const models::Workspace& workspace);

} // namespace app
