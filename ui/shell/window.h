// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QApplication;

namespace app {
class ContractService;
class EnvironmentWatch;
class HealthService;
class HostService;
class LogFollower;
class NoticeService;
class PreflightService;
class RunbookService;
class RunService;
class RunWatch;
class VersionService;
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
    app::HealthService& health;
    app::EnvironmentWatch& watch;
    app::NoticeService& notices;
    app::RunWatch& runWatch;
    app::VersionService& versions;
    app::ContractService& contracts;
    app::PreflightService& preflight;
    QString notice; ///< shown in a banner from the start: a damaged journal was set aside, …
    std::function<void()> openDemo = {}; ///< in a window of its own; empty: it is not offered
};

/// Opens the window on a folder, a gantry.yaml or a Markdown file, or where path is empty on what
/// was open last, else on the welcome page; returns the exit status once it has closed. The
/// application's and the organisation's names are set before (settings are kept under them).
int runWindow(QApplication& application, const Services& services, const QString& path);

} // namespace ui
