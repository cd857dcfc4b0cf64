// SPDX-License-Identifier: GPL-3.0-or-later
// What leads from where to where in the window.
#include "ui/shell/mainwindow.h"

#include "app/environment/workspaceservice.h"
#include "app/health/healthhistory.h"
#include "app/host/hostservice.h"
#include "app/run/runservice.h"
#include "app/workspace/openworkspaces.h"
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
#include "ui/shell/dialogs.h"
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
    connect(m_session, &Session::frontChanged, this, &MainWindow::showFront);
    connect(m_session, &Session::reloaded, this, [this] {
        showFront();
        m_status->showMessage(tr("Read the workspace again."));
    });
    connect(m_session, &Session::failed, this, &MainWindow::showFailure);
    connect(m_session, &Session::closed, this, [this] {
        m_status->showMessage({});
        showPage(Page::Welcome);
        settleFrame();
    });
    connect(m_session, &Session::environmentChosen, this, [this] {
        m_workspacePage->setEnvironment(m_session->environment()->name);
        settleFrame();
        // A preview is of one environment; a run keeps its own.
        if (page() == Page::Run && !m_runPage->isRunUnderWay() && !m_runbook.isEmpty())
            openRunbook(m_runbook);
    });
}

void MainWindow::connectPages() {
    connect(m_rail, &Rail::pageChosen, this, [this](int id) {
        // From elsewhere "Runs" leads back to what is open; from there to the list.
        const bool toOpen = static_cast<Page>(id) == Page::Runs && page() != Page::Run &&
                            page() != Page::Runs && m_actions->runPage->isEnabled();
        showPage(toOpen ? Page::Run : static_cast<Page>(id));
    });
    connect(m_topBar, &TopBar::environmentChosen, m_session, &Session::chooseEnvironment);
    connect(m_topBar->workspaceMenu(), &QMenu::aboutToShow, this, &MainWindow::fillWorkspaceMenu);
    connect(m_welcome, &WelcomePage::newRequested, m_actions->newWorkspace, &QAction::trigger);
    connect(m_welcome, &WelcomePage::folderRequested, m_actions->openFolder, &QAction::trigger);
    connect(m_welcome, &WelcomePage::fileRequested, m_actions->openFile, &QAction::trigger);
    connect(m_welcome, &WelcomePage::demoRequested, m_actions->openDemo, &QAction::trigger);
    connect(m_welcome, &WelcomePage::pathActivated, this, &MainWindow::openPath);
    connect(m_workspacePage, &WorkspacePage::environmentChosen, m_session,
            &Session::chooseEnvironment);
    connect(m_workspacePage, &WorkspacePage::statusMessage, m_status, &StatusLine::showMessage);
    connect(m_workspacePage, &WorkspacePage::runbookActivated, this, &MainWindow::openRunbook);
    connect(m_workspacePage, &WorkspacePage::runActivated, this, &MainWindow::openRun);
    connect(m_status, &StatusLine::runClicked, this, [this] { showPage(Page::Run); });
}

void MainWindow::connectRuns() {
    connect(m_runList, &RunListPage::runActivated, this, &MainWindow::openRun);
    connect(m_runList, &RunListPage::statusMessage, m_status, &StatusLine::showMessage);
    connect(m_runPage, &RunPage::titleChanged, this, &MainWindow::settleRun);
    connect(m_runPage, &RunPage::runUnderWayChanged, this, &MainWindow::settleRun);
    connect(m_runPage, &RunPage::statusMessage, m_status, &StatusLine::showMessage);
    connect(m_runPage, &RunPage::closeRequested, this, [this] { showPage(m_before); });
    connect(m_runPage, &RunPage::logsRequested, this, &MainWindow::showLogsOf);
    connect(&m_services.runs, &app::RunService::runOpened, this, [this](const models::RunId& run) {
        if (run == m_runPage->run())
            followRunEnvironment(run);
    });
    connectRollbacks();
}

void MainWindow::connectRollbacks() {
    connect(m_runPage, &RunPage::rollbackRequested, this, &MainWindow::askRollback);
    connect(m_runPage, &RunPage::runRequested, this, &MainWindow::openRun);
    m_runPage->setVersionLookup([this](const QString& environment) {
        app::OpenWorkspace* const front = m_session->front();
        return front ? front->versions().versionsIn(environment, presentInstant())
                     : models::Target();
    });
    // Who asked for the rollback watches it.
    connect(&m_services.runs, &app::RunService::runOpened, this, [this](const models::RunId& run) {
        const models::RunState* const opened = m_services.runs.state(run);
        if (opened && opened->lastSeq == 1 && opened->plan->isRollback() &&
            opened->plan->context.rollbackOf == m_runPage->run())
            openRun(run);
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
    LogEvidence& evidence = m_logPage->pane().evidence();
    connect(&evidence, &LogEvidence::shown, this,
            [this](LogEvidence::Shown how) { m_status->showMessage(linesOfStepWords(how)); });
    connect(&evidence, &LogEvidence::pinRequested, m_runPage, &RunPage::askPin);
    connect(&evidence, &LogEvidence::stepRequested, this, [this](models::Instant time) {
        if (!time.isNull() && m_runPage->showStepAt(time))
            showPage(Page::Run);
        else
            m_status->showMessage(tr("No step of an open run is of that time."));
    });
    connect(&evidence, &LogEvidence::chartsRequested, this, &MainWindow::showChartsOf);
    auto* actions = new ActionDesk(m_services.runs, *this);
    connect(actions, &ActionDesk::progressed, m_logPage, &LogPage::showAction);
    connect(m_logPage, &LogPage::actionRequested, this,
            [this, actions](const QString& service, models::ServiceActionKind kind) {
                if (m_session->workspace() != nullptr && m_session->environment() != nullptr)
                    actions->ask(*m_session->workspace(), m_session->environment()->name, service,
                                 kind);
            });
    connect(m_logPage, &LogPage::pageRequested, this, [this] { showPage(Page::Logs); });
    connect(m_logPage, &LogPage::runRequested, this, &MainWindow::openRun);
}

void MainWindow::showLogsOf(models::Instant from, models::Instant to) {
    showPage(Page::Logs);
    m_logPage->pane().evidence().showTime(from, to);
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
            m_healthPage->showService(environment->name, name);
            break;
        }
    }
    showPage(Page::Health);
    m_healthPage->showTime(time);
}

void MainWindow::connectHosts() {
    new HostQuestions(m_services.hosts, *this);
    connect(&m_services.hosts, &app::HostService::linkChanged, this, &MainWindow::settlePlace);
    connect(&m_services.hosts, &app::HostService::noticed, this, [this](const QString& message) {
        m_notice->showMessage(BannerWidget::Level::Warning, message);
    });
    connect(m_hostBanner, &HostBanner::hostRequested, this, [this](const QString& ssh) {
        m_hostPage->select(ssh);
        showPage(Page::Hosts);
    });
}

void MainWindow::connectHealth() {
    connect(m_marks, &RunMarks::changed, this,
            [this] { m_healthPage->setMarks(m_marks->marks()); });
    if (app::HealthHistory* const history = m_services.history) {
        connect(history, &app::HealthHistory::noticed, this, [this](const QString& message) {
            m_notice->showMessage(BannerWidget::Level::Warning, message);
        });
        connect(m_settingsPage, &SettingsPage::healthRetentionChanged, history,
                [history](int days) { history->setRetention(std::chrono::days(days)); });
        history->setRetention(std::chrono::days(SettingsPage::healthRetention()));
    }
    connect(m_healthPage, &HealthPage::closeRequested, this,
            [this] { showPage(Page::Environments); });
    connect(m_healthPage, &HealthPage::logsRequested, this, &MainWindow::showLogsOf);
    connect(m_healthPage, &HealthPage::statusMessage, m_status, &StatusLine::showMessage);
}

void MainWindow::connectEnvironments() {
    connect(
        m_environmentPage, &EnvironmentPage::healthRequested, this,
        [this](app::OpenWorkspace* workspace, const QString& environment, const QString& service) {
            m_session->bringForward(*workspace);
            m_healthPage->showService(environment, service);
            showPage(Page::Health);
        });
    connect(m_environmentPage, &EnvironmentPage::closeRequested, this,
            [this](app::OpenWorkspace* workspace) { m_session->close(*workspace); });
    connect(m_environmentPage, &EnvironmentPage::runRequested, this, &MainWindow::openRun);
    connect(m_environmentPage, &EnvironmentPage::runsRequested, this,
            [this] { showPage(Page::Runs); });
    connect(m_environmentPage, &EnvironmentPage::boardRequested, this,
            [this](const models::RunId& run) {
                openRun(run);
                m_runPage->showBoard();
            });
    connect(m_environmentPage, &EnvironmentPage::runbookRequested, this,
            [this](app::OpenWorkspace* workspace, const QString& environment, const QString& path) {
                m_session->bringForward(*workspace);
                m_session->chooseEnvironment(environment);
                openRunbook(path);
            });
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
        m_logPage->chooseFile();
    });
    on(m_actions->saveLog, [this] { m_logPage->saveLines(); });
    connect(m_logPage, &LogPage::showingLogsChanged, this, &MainWindow::settleLogs);
    on(m_actions->hostsPage, [this] { showPage(Page::Hosts); });
    on(m_actions->settings, [this] { showPage(Page::Settings); });
    on(m_actions->fullScreen,
       [this](bool whole) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, whole)); });
    on(m_actions->shortcuts, [this] {
        const QList<KeySection> keys{keysOf(tr("Window"), m_actions->all()),
                                     keysOf(tr("Run"), m_runPage->actions()),
                                     m_logPage->pane().keys(), HealthPage::keys()};
        (new ShortcutsDialog(keys, this))->open();
    });
    on(m_actions->about, [this] { (new AboutDialog(this))->open(); });

    auto* main = new QMenu(this);
    m_recentMenu = new QMenu(tr("Open recent"), this);
    m_runMenu = new QMenu(tr("Run"), this);
    m_actions->fill(*main, m_recentMenu, m_runMenu);
    connect(m_recentMenu, &QMenu::aboutToShow, this, [this] { fillRecentMenu(*m_recentMenu); });
    connect(m_runMenu, &QMenu::aboutToShow, this, &MainWindow::fillRunMenu);
    fillRecentMenu(*m_recentMenu);
    fillRunMenu();
    m_topBar->setMainMenu(main);
    m_topBar->setSearchAction(*m_actions->palette);
}

} // namespace ui
