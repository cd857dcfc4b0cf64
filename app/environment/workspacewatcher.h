// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/environment/workspacefile.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace app {

/// Tells when gantry.yaml or the set of runbooks of one workspace is another. Main thread; reading
/// is off it.
class WorkspaceWatcher final : public QObject {
    Q_OBJECT

public:
    explicit WorkspaceWatcher(QObject* parent = nullptr);

    /// As it is known: what differs from it later is a change.
    void watch(const models::Workspace& workspace);

Q_SIGNALS:
    void changed();

private:
    void suspect();
    void look();
    void compare(const models::Result<ReadWorkspace>& read);
    void addToWatcher(const QStringList& folders);

    QFileSystemWatcher m_watcher;
    QTimer m_settled;
    models::Workspace m_workspace;
    quint64 m_look = 0; ///< a slower, older look is dropped
    bool m_gone = false;
};

} // namespace app
