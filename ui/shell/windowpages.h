// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/window.h"

#include <QObject>

class QStackedWidget;
class QWidget;

namespace app {
class RunFeed;
}

namespace ui {

class EnvironmentPage;
class HealthPage;
class HostPage;
class LogPage;
class RunListPage;
class RunPage;
class SettingsPage;
class WelcomePage;
class WorkspacePage;

enum class Page { Welcome, Workspace, Environments, Health, Runs, Run, Logs, Hosts, Settings };

/// As it is kept in the settings; empty for the welcome page.
[[nodiscard]] QString nameOf(Page page);

/// The pages of a window. Each is made when it is first asked for: to make them all would take most
/// of a start, and most windows show only some.
class WindowPages final : public QObject {
    Q_OBJECT

public:
    /// All of them outlive it; the stack owns what is made.
    WindowPages(const Services& services, app::RunFeed& runs, QStackedWidget& stack,
                QObject* parent = nullptr);

    [[nodiscard]] QWidget& page(Page page);
    [[nodiscard]] WelcomePage& welcome();
    [[nodiscard]] WorkspacePage& workspace();
    [[nodiscard]] EnvironmentPage& environments();
    [[nodiscard]] HealthPage& health();
    [[nodiscard]] RunListPage& runs();
    [[nodiscard]] RunPage& run();
    [[nodiscard]] LogPage& logs();
    [[nodiscard]] HostPage& hosts();
    [[nodiscard]] SettingsPage& settings();

    /// nullptr: nobody has asked for it yet.
    [[nodiscard]] WorkspacePage* madeWorkspace() const { return m_workspace; }
    [[nodiscard]] EnvironmentPage* madeEnvironments() const { return m_environments; }
    [[nodiscard]] HealthPage* madeHealth() const { return m_health; }
    [[nodiscard]] RunPage* madeRun() const { return m_run; }
    [[nodiscard]] LogPage* madeLogs() const { return m_logs; }
    [[nodiscard]] HostPage* madeHosts() const { return m_hosts; }

Q_SIGNALS:
    /// It is there from now on, and has been told nothing yet.
    void made(Page page);

private:
    template <class Widget, class Make>
    Widget& madeOnce(Widget*& page, Page which, const Make& make);

    Services m_services;
    app::RunFeed& m_feed;
    QStackedWidget& m_stack;
    WelcomePage* m_welcome = nullptr;
    WorkspacePage* m_workspace = nullptr;
    EnvironmentPage* m_environments = nullptr;
    HealthPage* m_health = nullptr;
    RunListPage* m_runs = nullptr;
    RunPage* m_run = nullptr;
    LogPage* m_logs = nullptr;
    HostPage* m_hosts = nullptr;
    SettingsPage* m_settings = nullptr;
};

} // namespace ui
