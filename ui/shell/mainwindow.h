// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/core/result.h"
#include "ui/shell/lastplace.h"
#include "ui/shell/window.h"
#include "ui/shell/windowpages.h"
#include "ui/widgets/paletteentry.h"

#include <QMainWindow>

class QMenu;

namespace app {
class OpenWorkspace;
class RunFeed;
} // namespace app

namespace models {
struct Environment;
}

namespace ui {

class BannerWidget;
class CommandPalette;
class FailureBanner;
class HostBanner;
class PageStack;
class Rail;
class RunMarks;
class Session;
class StatusLine;
class TopBar;
class WindowActions;
class WindowFrame;
class WorkspaceMenus;

/// The window: the rail, the head, one page at a time, the foot. It assembles the pages and knows
/// the way between them; what they show is theirs.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    using Page = ui::Page;

    /// The services outlive the window.
    explicit MainWindow(const Services& services, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Restores what was open when the window last closed, and opens folders and files beside it.
    void begin(const QStringList& paths = {});
    /// Shows it for the first time with its content, which otherwise comes in the turn after.
    void showWhole();
    void openPath(const QString& path);
    void openPaths(const QStringList& paths);
    void openRunbook(const QString& relativePath);
    void openRun(const models::RunId& run);
    void showPage(Page page);
    [[nodiscard]] Page page() const { return m_page; }

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void assemble();
    void connectSession();
    void connectFrame();
    void connectServices();
    void connectActions();
    /// Tells a page that was just made where it leads, and what it is about.
    void connectPage(Page page);
    void connectWelcome();
    void connectWorkspace();
    void connectEnvironments();
    void connectHealth();
    void connectRun();
    void connectLogs();
    void fillRunMenu();
    /// Shows what going back from here would do; because: what asks for it, else empty.
    void askRollback(const models::RunId& run, const QString& because);
    void showOpened();
    void showFront();
    void showWorkspace();
    void fillWorkspaceMenu();
    void showFailure(const QString& path, const models::Error& error);
    void followRunEnvironment(const models::RunId& run);
    void settleFrame();
    void settlePages();
    void settlePlace();
    void settleLogs();
    void settleRun();
    void settleUnderWay();
    void showLogsOf(models::Instant from, models::Instant to);
    void showHealthOf(app::OpenWorkspace* workspace, const QString& environment,
                      const QString& service);
    void showChartsOf(models::Instant time, const QString& source);
    void openPalette();
    [[nodiscard]] models::RunId shownRun() const;
    [[nodiscard]] bool isRunUnderWay() const;
    [[nodiscard]] QList<models::RunId> runsUnderWay() const;
    [[nodiscard]] QString titleOf(const models::RunId& run) const;
    void goToRun();
    [[nodiscard]] PaletteEntries paletteEntries();
    void testNotices();
    [[nodiscard]] PaletteEntries actionEntries() const;
    [[nodiscard]] PaletteEntries environmentEntries();
    [[nodiscard]] PaletteEntries workspaceEntries();
    [[nodiscard]] PaletteEntries recentEntries();
    void resume(const LastPlace& place);
    void restoreWindow();
    void saveWindow() const;
    void savePlace() const;

    Services m_services;
    WindowActions* m_actions;
    Session* m_session;
    WorkspaceMenus* m_menus;
    WindowFrame* m_frame;
    Rail* m_rail;
    TopBar* m_topBar;
    BannerWidget* m_notice; ///< of the program: the journal was set aside
    FailureBanner* m_failure;
    HostBanner* m_hostBanner;
    PageStack* m_stack;
    app::RunFeed* m_feed;
    RunMarks* m_marks;
    WindowPages* m_pages;
    StatusLine* m_status;
    CommandPalette* m_palette;
    QMenu* m_recentMenu;
    QMenu* m_runMenu;
    Page m_page = Page::Welcome;
    QString m_runbook;             ///< relative path of the runbook that the run page previews
    Page m_before = Page::Welcome; ///< where the run page was opened from
    bool m_leaving = false;        ///< the person has agreed to close
    LastPlace m_resume;            ///< to go to once the restored workspace is there
};

} // namespace ui
