// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"

#include <QFuture>
#include <QStringList>

#include <functional>

class QWidget;

namespace app {
class HealthHistory;
class HostService;
class LogFollower;
class OpenWorkspaces;
class PreflightService;
class RunbookService;
class RunService;
class RunWatch;
class WorkspaceService;
} // namespace app

namespace ui {

/// What the window talks to. All of them outlive it.
struct Services {
    app::RunService& runs;
    app::RunbookService& runbooks;
    app::WorkspaceService& workspaces;
    app::HostService& hosts;
    app::LogFollower& logs;
    app::OpenWorkspaces& open;
    app::RunWatch& runWatch;
    app::PreflightService& preflight;
    app::HealthHistory* history = nullptr; ///< nullptr: what is observed is not kept
    /// Shown in a banner where it is not empty, or cannot be had: a damaged journal was set aside,
    /// …
    QFuture<models::Result<QString>> notice = {};
    std::function<void()> openDemo = {}; ///< in a window of its own; empty: it is not offered
    QString lastSeen = {}; ///< the file that what was seen last is kept in; empty: it is not kept
};

/// Has the fonts of the machine read on another thread: the first text waits for that. Call early,
/// with the application made.
void readFontsAhead();

/// Opens the window on what was open last, else on the welcome page; folders, gantry.yaml, Markdown
/// and log files of paths are opened beside that, the first of them in front. Returns the exit
/// status once it has closed. The application's and the organisation's names are set before
/// (settings are kept under them). front: shown in its place, and closed when it is painted;
/// nullptr: nothing is.
int runWindow(const Services& services, const QStringList& paths, QWidget* front = nullptr);

} // namespace ui
