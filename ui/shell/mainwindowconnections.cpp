// SPDX-License-Identifier: GPL-3.0-or-later
// What leads from where to where in the window.
#include "ui/shell/mainwindow.h"

#include "app/environment/workspaceservice.h"
#include "app/health/healthhistory.h"
#include "app/host/hostservice.h"
#include "app/run/runservice.h"
#include "app/workspace/openworkspaces.h"
#include "ui/environment/distrustsheet.h"
#include "ui/environment/environmentpage.h"
#include "ui/health/healthpage.h"
#include "ui/host/hostbanner.h"
#include "ui/host/hostpage.h"
#include "ui/host/hostquestions.h"
#include "ui/log/logevidence.h"
#include "ui/log/logpage.h"
#include "ui/log/logpane.h"
#include "ui/rollback/rollbacksheet.h"
#include "ui/run/actiondesk.h"
#include "ui/run/runlistpage.h"
#include "ui/run/runpage.h"
#include "ui/run/timelineview.h"
#include "ui/shell/dialogs.h"
#include "ui/shell/failurebanner.h"
#include "ui/shell/newworkspacesheet.h"
#include "ui/shell/openquestions.h"
#include "ui/shell/rail.h"
#include "ui/shell/recentmodel.h"
#include "ui/shell/runmarks.h"
#include "ui/shell/session.h"
#include "ui/shell/settingspage.h"
#include "ui/shell/statusline.h"
#include "ui/shell/topbar.h"
#include "ui/shell/welcomepage.h"
#include "ui/shell/windowactions.h"
#include "ui/shell/windowwords.h"
#include "ui/shell/workspacemenus.h"
#include "ui/shell/workspacepage.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/documentsfolder.h"
#include "ui/widgets/timeformat.h"

#include <QAction>
#include <QMenu>

namespace ui {

void MainWindow::connectSession() {
    connect(m_session, &Session::openingStarted, this, [this](const QString& path) {
        m_failure->hide();
        m_status->showMessage(tr("Opening %1…").arg(workspaceNameOf(path)));
    });
    connect(m_session, &Session::opened, this, &MainWindow::showOpened);
    const auto follow = [this](const app::OpenWorkspace* workspace) {
        connect(workspace, &app::OpenWorkspace::changed, this, &MainWindow::settleFrame);
    };
    connect(&m_services.open, &app::OpenWorkspaces::added, this, follow);
    for (const auto& each : m_services.open.all())
        follow(each.get());
    connect(m_session, &Session::frontChanged, this, &MainWindow::showFront);
    connect(m_session, &Session::reloaded, this, [this] {
        showFront();
        if (m_session->front() != nullptr)
            m_failure->takeBack(m_session->front()->path());
        m_status->showMessage(tr("Read the workspace again."));
    });
    connect(m_session, &Session::failed, this, &MainWindow::showFailure);
    connect(m_failure, &FailureBanner::openRequested, this, &MainWindow::openPath);
    connect(m_menus, &WorkspaceMenus::openRequested, this, &MainWindow::openPath);
    connect(m_session, &Session::closed, this, [this] {
        m_status->showMessage({});
        showPage(Page::Welcome);
        settleFrame();
    });
    connect(m_session, &Session::environmentChosen, this, [this] {
        if (WorkspacePage* const workspace = m_pages->madeWorkspace())
            workspace->setEnvironment(m_session->environment()->name);
        settleFrame();
        // A preview is of one environment; a run keeps its own.
        if (page() == Page::Run && !isRunUnderWay() && !m_runbook.isEmpty())
            openRunbook(m_runbook);
    });
}

void MainWindow::connectFrame() {
    connect(m_rail, &Rail::pageChosen, this, [this](int id) {
        // From elsewhere "Runs" leads back to what is open; from there to the list.
        const bool toOpen = static_cast<Page>(id) == Page::Runs && page() != Page::Run &&
                            page() != Page::Runs && m_actions->runPage->isEnabled();
        showPage(toOpen ? Page::Run : static_cast<Page>(id));
    });
    connect(m_topBar, &TopBar::environmentChosen, m_session, &Session::chooseEnvironment);
    connect(m_topBar->workspaceMenu(), &QMenu::aboutToShow, this, &MainWindow::fillWorkspaceMenu);
    connect(m_hostBanner, &HostBanner::hostRequested, this, [this](const QString& ssh) {
        m_pages->hosts().select(ssh);
        showPage(Page::Hosts);
    });
    connect(m_status, &StatusLine::runClicked, this, &MainWindow::goToRun);
    connect(m_marks, &RunMarks::changed, this, [this] {
        if (HealthPage* const health = m_pages->madeHealth())
            health->setMarks(m_marks->marks());
    });
}

void MainWindow::connectServices() {
    connect(&m_services.runs, &app::RunService::runOpened, this, [this](const models::RunId& run) {
        if (run == shownRun())
            followRunEnvironment(run);
    });
    // Who asked for the rollback watches it.
    connect(&m_services.runs, &app::RunService::runOpened, this, [this](const models::RunId& run) {
        const models::RunState* const opened = m_services.runs.state(run);
        if (opened && opened->lastSeq == 1 && opened->plan->isRollback() &&
            opened->plan->context.rollbackOf == shownRun())
            openRun(run);
    });
    new HostQuestions(m_services.hosts, *this);
    connect(&m_services.hosts, &app::HostService::linkChanged, this, &MainWindow::settlePlace);
    const auto warn = [this](const QString& message) {
        m_notice->showMessage(BannerWidget::Level::Warning, message);
    };
    connect(&m_services.hosts, &app::HostService::noticed, this, warn);
    if (app::HealthHistory* const history = m_services.history) {
        connect(history, &app::HealthHistory::noticed, this, warn);
        history->setRetention(std::chrono::days(SettingsPage::healthRetention()));
    }
}

void MainWindow::connectPage(Page page) {
    switch (page) {
    case Page::Welcome:
        return connectWelcome();
    case Page::Workspace:
        return connectWorkspace();
    case Page::Environments:
        return connectEnvironments();
    case Page::Health:
        return connectHealth();
    case Page::Runs:
        connect(&m_pages->runs(), &RunListPage::runActivated, this, &MainWindow::openRun);
        connect(&m_pages->runs(), &RunListPage::runbooksRequested, this,
                [this] { showPage(Page::Workspace); });
        connect(&m_pages->runs(), &RunListPage::statusMessage, m_status, &StatusLine::showMessage);
        return;
    case Page::Run:
        return connectRun();
    case Page::Logs:
        connectLogs();
        return settlePages();
    case Page::Hosts:
        connect(&m_pages->hosts(), &HostPage::folderRequested, m_actions->openFolder,
                &QAction::trigger);
        return settlePages();
    case Page::Settings:
        connect(&m_pages->settings(), &SettingsPage::testNoticeRequested, this,
                &MainWindow::testNotices);
        if (app::HealthHistory* const history = m_services.history)
            connect(&m_pages->settings(), &SettingsPage::healthRetentionChanged, history,
                    [history](int days) { history->setRetention(std::chrono::days(days)); });
        return;
    }
}

void MainWindow::connectWelcome() {
    WelcomePage* const page = &m_pages->welcome();
    connect(page, &WelcomePage::newRequested, m_actions->newWorkspace, &QAction::trigger);
    connect(page, &WelcomePage::folderRequested, m_actions->openFolder, &QAction::trigger);
    connect(page, &WelcomePage::fileRequested, m_actions->openFile, &QAction::trigger);
    connect(page, &WelcomePage::demoRequested, m_actions->openDemo, &QAction::trigger);
    connect(page, &WelcomePage::pathActivated, this, &MainWindow::openPath);
}

void MainWindow::connectWorkspace() {
    WorkspacePage* const page = &m_pages->workspace();
    connect(page, &WorkspacePage::environmentChosen, m_session, &Session::chooseEnvironment);
    connect(page, &WorkspacePage::statusMessage, m_status, &StatusLine::showMessage);
    connect(page, &WorkspacePage::runbookActivated, this, &MainWindow::openRunbook);
    connect(page, &WorkspacePage::runActivated, this, &MainWindow::openRun);
    showWorkspace();
    settleUnderWay();
}

void MainWindow::connectRun() {
    RunPage* const page = &m_pages->run();
    connect(page, &RunPage::titleChanged, this, &MainWindow::settleRun);
    connect(page, &RunPage::runUnderWayChanged, this, &MainWindow::settleRun);
    connect(page, &RunPage::leftRunsChanged, this, &MainWindow::settleUnderWay);
    connect(&m_services.runs, &app::RunService::eventsAppended, this, &MainWindow::settleUnderWay);
    connect(page, &RunPage::statusMessage, m_status, &StatusLine::showMessage);
    connect(page, &RunPage::closeRequested, this, [this] { showPage(m_before); });
    connect(page, &RunPage::logsRequested, this, &MainWindow::showLogsOf);
    connect(page, &RunPage::rollbackRequested, this, &MainWindow::askRollback);
    connect(page, &RunPage::runRequested, this, &MainWindow::openRun);
    page->setVersionLookup([this](const QString& environment) {
        app::OpenWorkspace* const front = m_session->front();
        return front ? front->versions().versionsIn(environment, presentInstant())
                     : models::Target();
    });
}

void MainWindow::askRollback(const models::RunId& run, const QString& because) {
    if (m_services.runs.state(run) == nullptr) {
        m_status->showMessage(tr("Open the run first: it is not open here."));
        return;
    }
    (new RollbackSheet(m_services.runs, run, because, this))->open();
}

void MainWindow::connectLogs() {
    LogPage* const page = &m_pages->logs();
    LogEvidence& evidence = page->pane().evidence();
    connect(page, &LogPage::timeShown, this,
            [this](LogEvidence::Shown how) { m_status->showMessage(linesOfStepWords(how)); });
    connect(&evidence, &LogEvidence::pinRequested, this,
            [this](const QList<models::PinnedLine>& lines) { m_pages->run().askPin(lines); });
    connect(&evidence, &LogEvidence::stepRequested, this, [this](models::Instant time) {
        if (!time.isNull() && m_pages->madeRun() != nullptr && m_pages->run().showStepAt(time))
            showPage(Page::Run);
        else
            m_status->showMessage(tr("No step of an open run is of that time."));
    });
    connect(&evidence, &LogEvidence::chartsRequested, this, &MainWindow::showChartsOf);
    auto* actions = new ActionDesk(m_services.runs, *this);
    connect(actions, &ActionDesk::progressed, page, &LogPage::showAction);
    connect(page, &LogPage::actionRequested, this,
            [this, actions](const QString& service, models::ServiceActionKind kind) {
                if (m_session->workspace() != nullptr && m_session->environment() != nullptr)
                    actions->ask(*m_session->workspace(), m_session->environment()->name, service,
                                 kind);
            });
    connect(page, &LogPage::pageRequested, this, [this] { showPage(Page::Logs); });
    connect(page, &LogPage::runRequested, this, &MainWindow::openRun);
    connect(page, &LogPage::showingLogsChanged, this, &MainWindow::settleLogs);
}

void MainWindow::showLogsOf(models::Instant from, models::Instant to) {
    showPage(Page::Logs);
    m_pages->logs().showTime(from, to);
}

/// Of the service whose log it is, where one is called so; else of the one that was looked at.
void MainWindow::showChartsOf(models::Instant time, const QString& source) {
    const models::Environment* const environment = m_session->environment();
    if (time.isNull() || environment == nullptr) {
        m_status->showMessage(tr("No line with a time is chosen."));
        return;
    }
    const QString service = source.section(u'/', -1);
    for (const QString& name : {source, service}) {
        if (environment->serviceNames().contains(name)) {
            m_pages->health().showService(environment->name, name);
            break;
        }
    }
    showPage(Page::Health);
    m_pages->health().showTime(time);
}

void MainWindow::connectHealth() {
    HealthPage* const page = &m_pages->health();
    connect(page, &HealthPage::folderRequested, m_actions->openFolder, &QAction::trigger);
    connect(page, &HealthPage::closeRequested, this, [this] { showPage(Page::Environments); });
    connect(page, &HealthPage::logsRequested, this,
            [this, page](models::Instant from, models::Instant to) {
                m_session->chooseEnvironment(page->environment()); // the logs are of that
                showPage(Page::Logs);
                m_pages->logs().showTimeOf(page->service(), from, to);
            });
    connect(page, &HealthPage::statusMessage, m_status, &StatusLine::showMessage);
    if (app::OpenWorkspace* const front = m_session->front())
        page->showWorkspace(&front->watch());
    page->setMarks(m_marks->marks());
}

void MainWindow::connectEnvironments() {
    EnvironmentPage* const page = &m_pages->environments();
    if (const app::OpenWorkspace* const front = m_session->front())
        page->reveal(*front);
    connect(page, &EnvironmentPage::folderRequested, m_actions->openFolder, &QAction::trigger);
    connect(page, &EnvironmentPage::healthRequested, this, &MainWindow::showHealthOf);
    connect(page, &EnvironmentPage::closeRequested, this,
            [this](app::OpenWorkspace* workspace) { m_session->close(*workspace); });
    connect(page, &EnvironmentPage::runRequested, this, &MainWindow::openRun);
    connect(page, &EnvironmentPage::runsRequested, this, [this] { showPage(Page::Runs); });
    connect(page, &EnvironmentPage::boardRequested, this, [this](const models::RunId& run) {
        openRun(run);
        m_pages->run().showBoard();
    });
    connect(page, &EnvironmentPage::runbookRequested, this,
            [this](app::OpenWorkspace* workspace, const QString& environment, const QString& path) {
                m_session->bringForward(*workspace);
                m_session->chooseEnvironment(environment);
                openRunbook(path);
            });
}

void MainWindow::showHealthOf(app::OpenWorkspace* workspace, const QString& environment,
                              const QString& service) {
    m_session->bringForward(*workspace);
    m_pages->health().showService(environment, service);
    showPage(Page::Health);
}

void MainWindow::connectActions() {
    const auto on = [this](QAction* action, auto act) {
        connect(action, &QAction::triggered, this, act);
    };
    const auto open = [this](const QString& path) { openPath(path); };
    on(m_actions->newWorkspace, [this, open] {
        auto* sheet = new NewWorkspaceSheet(m_services.workspaces, m_services.runbooks,
                                            documentsFolder(), this);
        connect(sheet, &NewWorkspaceSheet::created, this, open);
        sheet->open();
    });
    on(m_actions->openFolder, [this, open] { askForFolder(this, open); });
    on(m_actions->openFile, [this, open] { askForFile(this, open); });
    on(m_actions->openDemo, [this] { m_services.openDemo(); });
    m_actions->openDemo->setVisible(bool(m_services.openDemo));
    on(m_actions->reload, [this] { m_session->reload(); });
    on(m_actions->distrust, [this] {
        if (m_session->front() != nullptr)
            DistrustSheet::ask(*m_session->front(), this);
    });
    on(m_actions->closeWorkspace, [this] { m_session->close(); });
    on(m_actions->quit, &QWidget::close);
    on(m_actions->palette, &MainWindow::openPalette);
    on(m_actions->menu, [this] { m_topBar->openMainMenu(); });
    on(m_actions->workspacePage, [this] { showPage(Page::Workspace); });
    on(m_actions->environmentsPage, [this] { showPage(Page::Environments); });
    on(m_actions->healthPage, [this] { showPage(Page::Health); });
    on(m_actions->runsPage, [this] { showPage(Page::Runs); });
    on(m_actions->runPage, [this] { showPage(Page::Run); });
    on(m_actions->logsPage, [this] { showPage(Page::Logs); });
    on(m_actions->openLogFile, [this] {
        showPage(Page::Logs);
        m_pages->logs().chooseFile();
    });
    on(m_actions->saveLog, [this] { m_pages->logs().saveLines(); });
    on(m_actions->hostsPage, [this] { showPage(Page::Hosts); });
    on(m_actions->settings, [this] { showPage(Page::Settings); });
    on(m_actions->fullScreen,
       [this](bool whole) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, whole)); });
    on(m_actions->shortcuts, [this] {
        const QList<KeySection> keys{
            keysOf(tr("Window"), m_actions->all()), keysOf(tr("Run"), m_pages->run().actions()),
            TimelineView::keys(), m_pages->logs().pane().keys(), HealthPage::keys()};
        (new ShortcutsDialog(keys, this))->open();
    });
    on(m_actions->about, [this] { (new AboutDialog(this))->open(); });

    auto* main = new QMenu(this);
    m_recentMenu = new QMenu(tr("Open recent"), this);
    m_runMenu = new QMenu(tr("Run"), this);
    m_actions->fill(*main, m_recentMenu, m_runMenu);
    connect(m_recentMenu, &QMenu::aboutToShow, this,
            [this] { m_menus->fillRecent(*m_recentMenu); });
    connect(m_runMenu, &QMenu::aboutToShow, this, &MainWindow::fillRunMenu);
    m_menus->fillRecent(*m_recentMenu);
    m_runMenu->addAction(m_actions->runsPage); // until it is opened
    m_topBar->setMainMenu(main);
    m_topBar->setSearchAction(*m_actions->palette);
}

void MainWindow::fillWorkspaceMenu() {
    QMenu& menu = *m_topBar->workspaceMenu();
    m_menus->fillAll(menu);
    menu.addSeparator();
    menu.addActions({m_actions->newWorkspace, m_actions->openFolder, m_actions->openFile,
                     m_actions->distrust, m_actions->closeWorkspace});
}

void MainWindow::fillRunMenu() {
    m_runMenu->clear();
    m_runMenu->addActions(m_pages->run().actions());
    if (m_runMenu->isEmpty())
        m_runMenu->addAction(m_actions->runsPage);
}

} // namespace ui
