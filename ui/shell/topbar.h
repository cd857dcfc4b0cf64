// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QMenu;
class QToolButton;

namespace models {
struct Environment;
struct Workspace;
} // namespace models

namespace ui {

/// The head of the window, 40 px: which workspace, which environment, the way to everything by
/// name, and the menu.
class TopBar : public QWidget {
    Q_OBJECT

public:
    explicit TopBar(QWidget* parent = nullptr);

    /// workspace may be nullptr: none is open.
    void showWorkspace(const models::Workspace* workspace, const models::Environment* environment);
    /// Filled by the window each time before it opens.
    [[nodiscard]] QMenu* workspaceMenu() const { return m_workspaceMenu; }
    void setMainMenu(QMenu* menu);
    void openMainMenu();
    void setSearchAction(QAction& action);

Q_SIGNALS:
    void environmentChosen(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fillEnvironments(const models::Workspace& workspace, const QString& current);

    QToolButton* m_workspace;
    QMenu* m_workspaceMenu;
    QToolButton* m_environment;
    QMenu* m_environmentMenu;
    QToolButton* m_search;
    QToolButton* m_menu;
};

} // namespace ui
