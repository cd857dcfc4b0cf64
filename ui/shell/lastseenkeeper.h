// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/front/lastseen.h"

#include <QByteArray>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>

namespace app {
class OpenWorkspace;
class OpenWorkspaces;
} // namespace app

namespace ui {

class MainWindow;

/// How the services of this workspace that are probed stood when they were looked at last.
[[nodiscard]] SeenWorkspace seenOf(app::OpenWorkspace& workspace, models::Instant now);

/// Keeps what the dashboard shows, for the front of the next start: now and then, since a console
/// that is killed keeps nothing any more, and as it ends. A window that stands elsewhere is not
/// begun with the dashboard: nothing is kept of it then. Main thread.
class LastSeenKeeper final : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds every{5};

    /// path: the file; empty: nothing is kept. All of them outlive it.
    LastSeenKeeper(const MainWindow& window, app::OpenWorkspaces& open, QString path);
    ~LastSeenKeeper() override;

    /// Writes it, on another thread, where it is not as it was.
    void keep();

private:
    [[nodiscard]] LastSeen seen() const;

    const MainWindow& m_window;
    app::OpenWorkspaces& m_open;
    const QString m_path;
    QByteArray m_kept;        ///< empty: nothing, or it is not known
    bool m_isRemoved = false; ///< nothing is kept since the window stands elsewhere
    QTimer m_timer;
    QThreadPool m_writer; ///< one after the other; ends when all is written
};

} // namespace ui
