// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowpages.h"

#include "app/workspace/openworkspaces.h"
#include "ui/environment/environmentpage.h"
#include "ui/health/healthpage.h"
#include "ui/host/hostpage.h"
#include "ui/log/logpage.h"
#include "ui/run/runlistpage.h"
#include "ui/run/runpage.h"
#include "ui/shell/settingspage.h"
#include "ui/shell/welcomepage.h"
#include "ui/shell/workspacepage.h"

#include <QStackedWidget>

namespace ui {

QString nameOf(Page page) {
    switch (page) {
    case Page::Welcome:
        return {};
    case Page::Workspace:
        return QStringLiteral("workspace");
    case Page::Environments:
        return QStringLiteral("environments");
    case Page::Health:
        return QStringLiteral("health");
    case Page::Runs:
        return QStringLiteral("runs");
    case Page::Run:
        return QStringLiteral("run");
    case Page::Logs:
        return QStringLiteral("logs");
    case Page::Hosts:
        return QStringLiteral("hosts");
    case Page::Settings:
        return QStringLiteral("settings");
    }
    return {};
}

WindowPages::WindowPages(const Services& services, app::RunFeed& runs, QStackedWidget& stack,
                         QObject* parent)
    : QObject(parent)
    , m_services(services)
    , m_feed(runs)
    , m_stack(stack) {}

template <class Widget, class Make>
Widget& WindowPages::madeOnce(Widget*& page, Page which, const Make& make) {
    if (page == nullptr) {
        page = make();
        m_stack.addWidget(page);
        Q_EMIT made(which);
    }
    return *page;
}

QWidget& WindowPages::page(Page page) {
    switch (page) {
    case Page::Welcome:
        return welcome();
    case Page::Workspace:
        return workspace();
    case Page::Environments:
        return environments();
    case Page::Health:
        return health();
    case Page::Runs:
        return runs();
    case Page::Run:
        return run();
    case Page::Logs:
        return logs();
    case Page::Hosts:
        return hosts();
    case Page::Settings:
        return settings();
    }
    return welcome();
}

WelcomePage& WindowPages::welcome() {
    return madeOnce(m_welcome, Page::Welcome, [this] {
        return new WelcomePage(m_services.workspaces, m_services.openDemo
                                                          ? WelcomePage::Demo::Offered
                                                          : WelcomePage::Demo::Absent);
    });
}

WorkspacePage& WindowPages::workspace() {
    return madeOnce(m_workspace, Page::Workspace,
                    [this] { return new WorkspacePage(m_services.runbooks, m_services.runs); });
}

EnvironmentPage& WindowPages::environments() {
    return madeOnce(m_environments, Page::Environments, [this] {
        return new EnvironmentPage(m_services.open, m_feed, m_services.runbooks);
    });
}

HealthPage& WindowPages::health() {
    return madeOnce(m_health, Page::Health, [] { return new HealthPage; });
}

RunListPage& WindowPages::runs() {
    return madeOnce(m_runs, Page::Runs, [this] { return new RunListPage(m_services.runs); });
}

RunPage& WindowPages::run() {
    return madeOnce(m_run, Page::Run, [this] {
        auto* page = new RunPage(m_services.runs, m_services.runbooks);
        page->setPreflight(m_services.preflight);
        page->observeWith(m_services.runWatch);
        page->followHosts(m_services.hosts);
        page->showHealth([&open = m_services.open](const QString& workspaceId) {
            app::OpenWorkspace* const workspace = open.find(workspaceId);
            return workspace != nullptr ? &workspace->watch() : nullptr;
        });
        return page;
    });
}

LogPage& WindowPages::logs() {
    return madeOnce(m_logs, Page::Logs, [this] { return new LogPage(m_services.logs); });
}

HostPage& WindowPages::hosts() {
    return madeOnce(m_hosts, Page::Hosts, [this] { return new HostPage(m_services.hosts); });
}

SettingsPage& WindowPages::settings() {
    return madeOnce(m_settings, Page::Settings, [] { return new SettingsPage; });
}

} // namespace ui
