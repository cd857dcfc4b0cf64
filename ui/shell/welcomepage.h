// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace app {
class WorkspaceService;
}

namespace ui {

class RecentModel;
class RowList;
class TextLabel;

/// What is seen before a workspace is open: ways to open one.
class WelcomePage : public QWidget {
    Q_OBJECT

public:
    enum class Demo { Offered, Absent };

    WelcomePage(app::WorkspaceService& workspaces, Demo demo, QWidget* parent = nullptr);

Q_SIGNALS:
    void newRequested();
    void folderRequested();
    void fileRequested();
    void demoRequested();
    void pathActivated(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeStart(Demo demo);
    QWidget* makeRecent();
    void refreshRecent();
    void removeCurrent();

    app::WorkspaceService& m_workspaces;
    RecentModel* m_recent;
    RowList* m_view;
    TextLabel* m_removeHint;
    TextLabel* m_noRecent;
    int m_request = 0;
};

} // namespace ui
