// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;

class QMenu;
class QWidget;

namespace ui {

/// Every action of the window itself, in the window so that its shortcuts work wherever the focus
/// is. The pages bring their own.
class WindowActions final : public QObject {
    Q_OBJECT

public:
    explicit WindowActions(QWidget* window);

    QAction* newWorkspace;
    QAction* openFolder;
    QAction* openFile;
    QAction* openDemo;
    QAction* reload;
    QAction* distrust;
    QAction* closeWorkspace;
    QAction* quit;
    QAction* palette;
    QAction* menu;
    QAction* workspacePage;
    QAction* environmentsPage;
    QAction* healthPage;
    QAction* runsPage;
    QAction* runPage;
    QAction* logsPage;
    QAction* openLogFile;
    QAction* saveLog; ///< enabled where log lines are shown
    QAction* hostsPage;
    QAction* settings;
    QAction* fullScreen;
    QAction* shortcuts;
    QAction* about;

    [[nodiscard]] QList<QAction*> all() const { return m_all; }
    /// Everything by topic; the menus of the recent workspaces and of the run are filled by others.
    void fill(QMenu& main, QMenu* recent, QMenu* run) const;

private:
    QAction* add(const QString& text, const QKeySequence& keys = {}, const QString& iconName = {});

    QWidget* m_window;
    QList<QAction*> m_all;
};

} // namespace ui
