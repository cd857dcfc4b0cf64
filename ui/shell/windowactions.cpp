// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/windowactions.h"

#include "ui/theme/icon.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>
#include <QWidget>

namespace ui {

WindowActions::WindowActions(QWidget* window)
    : QObject(window)
    , m_window(window) {
    const auto key = [](const char* text) { return QKeySequence(QLatin1String(text)); };
    newWorkspace = add(tr("New workspace…"), key("Ctrl+N"), QStringLiteral("list-add"));
    openFolder = add(tr("Open folder…"), key("Ctrl+O"), QStringLiteral("folder-open"));
    openFile = add(tr("Open file…"), key("Ctrl+Shift+O"), QStringLiteral("document-open"));
    openDemo = add(tr("Open the demo"));
    reload = add(tr("Read workspace again"), key("F5"), QStringLiteral("view-refresh"));
    distrust = add(tr("Stop trusting workspace…"));
    closeWorkspace = add(tr("Close workspace"), key("Ctrl+Shift+W"));
    quit = add(tr("Quit Gantry"), key("Ctrl+Q"), QStringLiteral("application-exit"));
    palette = add(tr("Search or command…"), key("Ctrl+K"), QStringLiteral("edit-find"));
    menu = add(tr("Open menu"), key("F10"));
    // The numbers are the places of the rail, from its top; the open runbook has none there.
    workspacePage = add(tr("Go to the workspace"), key("Ctrl+1"));
    environmentsPage =
        add(tr("Go to environments"), key("Ctrl+2"), QStringLiteral("network-server"));
    runsPage = add(tr("Go to runs"), key("Ctrl+3"), QStringLiteral("view-history"));
    logsPage = add(tr("Go to logs"), key("Ctrl+4"), QStringLiteral("text-x-generic"));
    healthPage = add(tr("Go to health"), key("Ctrl+5"), QStringLiteral("office-chart-line"));
    hostsPage = add(tr("Go to hosts"), key("Ctrl+6"), QStringLiteral("network-connect"));
    runPage = add(tr("Go to the open runbook"), key("Ctrl+7"));
    openLogFile = add(tr("Open log file…"), key("Ctrl+L"));
    saveLog = add(tr("Save log lines…"), key("Ctrl+S"), QStringLiteral("document-save"));
    settings = add(tr("Settings"), key("Ctrl+,"), QStringLiteral("configure"));
    fullScreen = add(tr("Full screen"), key("F11"));
    fullScreen->setCheckable(true);
    shortcuts = add(tr("Keyboard shortcuts"), key("Ctrl+/"), QStringLiteral("input-keyboard"));
    about = add(tr("About Gantry"), {}, QStringLiteral("help-about"));
}

QAction* WindowActions::add(const QString& text, const QKeySequence& keys,
                            const QString& iconName) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName, Colour::Quiet));
    m_window->addAction(action);
    m_all.append(action);
    return action;
}

void WindowActions::fill(QMenu& main, QMenu* recent, QMenu* run) const {
    main.addActions({newWorkspace, openFolder, openFile, openLogFile, saveLog, openDemo});
    main.addMenu(recent);
    main.addSeparator();
    main.addActions({reload, distrust, closeWorkspace});
    main.addSeparator();
    main.addMenu(run);
    QMenu* go = main.addMenu(tr("Go"));
    go->addActions({palette, menu, workspacePage, environmentsPage, runsPage, logsPage, healthPage,
                    hostsPage, runPage});
    QMenu* view = main.addMenu(tr("View"));
    view->addAction(fullScreen);
    main.addSeparator();
    main.addActions({settings, shortcuts, about});
    main.addSeparator();
    main.addAction(quit);
}

} // namespace ui
