// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/mainwindow.h"

#include "app/environment/workspaceservice.h"
#include "app/host/hostservice.h"
#include "app/run/runfeed.h"
#include "app/run/runservice.h"
#include "app/workspace/openworkspaces.h"
#include "models/environment/logcommand.h"
#include "ui/environment/environmentpage.h"
#include "ui/environment/trustline.h"
#include "ui/health/healthpage.h"
#include "ui/host/hostbanner.h"
#include "ui/host/hostpage.h"
#include "ui/log/logpage.h"
#include "ui/run/runpage.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/droptarget.h"
#include "ui/shell/failurebanner.h"
#include "ui/shell/openquestions.h"
#include "ui/shell/rail.h"
#include "ui/shell/runmarks.h"
#include "ui/shell/session.h"
#include "ui/shell/statusline.h"
#include "ui/shell/topbar.h"
#include "ui/shell/windowactions.h"
#include "ui/shell/windowframe.h"
#include "ui/shell/windowwords.h"
#include "ui/shell/workspacemenus.h"
#include "ui/shell/workspacepage.h"
#include "ui/theme/preferences.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/pagestack.h"
#include "ui/widgets/whenfinished.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr QSize leastSize(860, 560);
constexpr QSize usualSize(1280, 800);

} // namespace

MainWindow::MainWindow(const Services& services, QWidget* parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_actions(new WindowActions(this))
    , m_session(new Session(services.open, services.workspaces, this))
    , m_menus(new WorkspaceMenus(services.open, services.workspaces, *m_session, this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(leastSize);
    assemble();
    connect(new DropTarget(*this, *m_frame), &DropTarget::dropped, this, &MainWindow::openPaths);
    m_palette = new CommandPalette(this);
    connectSession();
    connectFrame();
    connectServices();
    connectActions();
    connect(m_pages, &WindowPages::made, this, &MainWindow::connectPage);
    whenFinished(services.notice, this, [this](const models::Result<QString>& notice) {
        const QString words = notice ? *notice : notice.error().message;
        if (!words.isEmpty())
            m_notice->showMessage(BannerWidget::Level::Warning, words);
    });
    restoreWindow();
    settleRun();
}

MainWindow::~MainWindow() = default;

void MainWindow::assemble() {
    m_frame = new WindowFrame;
    m_rail = new Rail;
    const auto place = [this](Page page, const char* iconName, const QString& word,
                              const QAction& action, Rail::End end = Rail::End::Head) {
        m_rail->addPlace(static_cast<int>(page), QString::fromLatin1(iconName), word, end)
            ->setToolTip(
                tr("%1 (%2)").arg(word, action.shortcut().toString(QKeySequence::NativeText)));
    };
    place(Page::Workspace, "folder-open", tr("Workspace"), *m_actions->workspacePage);
    place(Page::Environments, "network-server", tr("Environments"), *m_actions->environmentsPage);
    place(Page::Runs, "view-list-tree", tr("Runs"), *m_actions->runsPage);
    place(Page::Logs, "text-x-generic", tr("Logs"), *m_actions->logsPage);
    place(Page::Health, "office-chart-line", tr("Health"), *m_actions->healthPage);
    place(Page::Hosts, "network-connect", tr("Hosts"), *m_actions->hostsPage);
    place(Page::Settings, "configure", tr("Settings"), *m_actions->settings, Rail::End::Foot);
    m_topBar = new TopBar;
    m_notice = new BannerWidget;
    m_notice->setObjectName(QStringLiteral("notice"));
    m_failure = new FailureBanner(m_services.open, m_services.workspaces, *m_session);
    m_hostBanner = new HostBanner(m_services.hosts);
    m_status = new StatusLine;

    m_feed = new app::RunFeed(m_services.runs, this);
    m_marks = new RunMarks(*m_feed, this);
    m_stack = new PageStack;
    QSizePolicy room = m_stack->sizePolicy();
    room.setRetainSizeWhenHidden(true);
    m_stack->setSizePolicy(room);
    m_pages = new WindowPages(m_services, *m_feed, *m_stack, this);

    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_topBar);
    middle->addWidget(m_notice);
    middle->addWidget(m_failure);
    middle->addWidget(m_hostBanner);
    middle->addWidget(m_stack, 1);
    middle->addWidget(m_status);
    auto* inner = new QWidget;
    inner->setAutoFillBackground(true);
    auto* sides = new QHBoxLayout(inner);
    sides->setContentsMargins(0, 0, 0, 0);
    sides->setSpacing(0);
    sides->addWidget(m_rail);
    sides->addLayout(middle, 1);
    m_frame->setContent(inner);
    connect(m_frame, &WindowFrame::contentShown, this, [this] {
        if (!m_stack->isHidden()) // else a page is on its way
            showPage(page());
    });
    setCentralWidget(m_frame);
}

void MainWindow::begin(const QStringList& paths) {
    const bool restores = m_services.workspaces.keepsRecent();
    const bool isAnyOpen = !paths.isEmpty() || (restores && !Session::lastPaths().isEmpty());
    // Until what is opened is there, no page is. It is read while the window is first drawn.
    m_stack->setVisible(!isAnyOpen);
    if (restores)
        m_session->restore(); // whether they are still there is found out off this thread
    if (!paths.isEmpty()) {
        openPaths(paths);
        return;
    }
    m_resume = LastPlace::load();
    if (!isAnyOpen)
        resume(std::exchange(m_resume, {}));
    else if (m_resume.page == nameOf(Page::Environments) && m_resume.run.isEmpty())
        showPage(Page::Environments); // what was seen last is there before the rest is read
}

void MainWindow::showWhole() {
    m_frame->showContent();
    // What being shown changes is laid out before it is painted, rather than painted twice.
    setUpdatesEnabled(false);
    show();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    setUpdatesEnabled(true);
}

void MainWindow::resume(const LastPlace& place) {
    const models::Workspace* workspace = m_session->workspace();
    if (!place.run.isEmpty())
        openRun(place.run);
    else if (workspace != nullptr && workspace->runbooks.contains(place.runbook))
        openRunbook(place.runbook);
    else
        showPage(Page::Workspace);
    for (const Page wanted : {Page::Workspace, Page::Environments, Page::Health, Page::Runs,
                              Page::Logs, Page::Hosts, Page::Settings}) {
        if (place.page == nameOf(wanted))
            showPage(wanted);
    }
}

void MainWindow::openPath(const QString& path) {
    if (!path.isEmpty())
        openPaths({path});
}

void MainWindow::openPaths(const QStringList& paths) {
    QStringList places;
    for (const QString& path : paths) {
        if (isLogName(path)) {
            showPage(Page::Logs);
            m_pages->logs().openFile(path);
        } else {
            places.append(path);
        }
    }
    if (!places.isEmpty())
        m_session->open(places);
}

void MainWindow::showOpened() {
    m_status->showMessage(tr("Opened %1.").arg(m_session->workspace()->name));
    LastPlace place = std::exchange(m_resume, {});
    if (place == LastPlace())
        place.runbook = m_session->runbook();
    resume(place);
    m_before = Page::Workspace;
}

/// Whatever page is shown: from now on it is about this one, or about none.
void MainWindow::showFront() {
    app::OpenWorkspace* const front = m_session->front();
    if (HealthPage* const health = m_pages->madeHealth())
        health->showWorkspace(front != nullptr ? &front->watch() : nullptr);
    if (EnvironmentPage* const all = m_pages->madeEnvironments();
        all != nullptr && front != nullptr)
        all->reveal(*front);
    if (front != nullptr) {
        showWorkspace();
        m_marks->showWorkspace(front->workspace().id);
    } else if (page() == Page::Workspace) {
        showPage(Page::Welcome);
    }
    settleFrame();
}

void MainWindow::showWorkspace() {
    WorkspacePage* const page = m_pages->madeWorkspace();
    const models::Environment* environment = m_session->environment();
    if (page == nullptr || m_session->workspace() == nullptr)
        return;
    page->showWorkspace(*m_session->workspace(),
                        environment != nullptr ? environment->name : QString());
    page->trust().showWorkspace(*m_session->front());
}

void MainWindow::showFailure(const QString& path, const models::Error& error) {
    m_resume = {};
    if (m_stack->isHidden())
        showPage(page());
    m_status->showMessage({});
    m_failure->tell(path, error);
}

void MainWindow::openRunbook(const QString& relativePath) {
    const models::Environment* environment = m_session->environment();
    if (m_session->workspace() == nullptr || environment == nullptr)
        return;
    m_runbook = relativePath;
    m_pages->run().openRunbook(*m_session->workspace(), relativePath, environment->name);
    showPage(Page::Run);
}

void MainWindow::showPage(Page wanted) {
    // Without a workspace its page is the one that opens one.
    if (wanted == Page::Workspace && m_session->workspace() == nullptr)
        wanted = Page::Welcome;
    if (wanted == Page::Run && page() != Page::Run)
        m_before = page();
    m_page = wanted;
    m_stack->setCurrentWidget(&m_pages->page(wanted));
    m_stack->show();
    Page place = wanted;
    if (wanted == Page::Run)
        place = Page::Runs;
    else if (wanted == Page::Welcome)
        place = Page::Workspace;
    m_rail->setCurrent(static_cast<int>(place));
    m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
    settleFrame();
    if (isRunUnderWay())
        savePlace(); // a console that is killed saves nothing any more
}

void MainWindow::settleFrame() {
    const models::Workspace* workspace = m_session->workspace();
    const models::Environment* environment = m_session->environment();
    m_topBar->showWorkspace(workspace, environment);
    m_actions->reload->setEnabled(workspace != nullptr);
    m_actions->closeWorkspace->setEnabled(workspace != nullptr);
    m_actions->distrust->setEnabled(workspace != nullptr && m_session->front()->isTrusted());

    QString name = environment != nullptr ? environment->name : QString();
    const models::Workspace* owner = workspace;
    QString ownerName = workspace != nullptr ? workspace->name : QString();
    bool isProtected = environment != nullptr && environment->isProtected;
    // What is on screen decides: a run of another workspace may be of a protected environment too.
    const models::RunState* run = m_services.runs.state(shownRun());
    if (page() == Page::Run && run != nullptr && run->plan != nullptr) {
        const models::PlanContext& context = run->plan->context;
        name = context.environment;
        isProtected = context.isProtected;
        const app::OpenWorkspace* const itsOwn = m_services.open.find(context.workspaceId);
        owner = itsOwn != nullptr ? &itsOwn->workspace() : nullptr;
        ownerName = context.workspaceName;
    }
    QColor line;
    if (isProtected) {
        const models::Environment* own = owner != nullptr ? owner->environment(name) : nullptr;
        line = own != nullptr ? QColor(own->colour) : QColor();
        if (!line.isValid())
            line = colour(Colour::Fail);
    }
    m_frame->setLine(line);
    settlePages();
    settlePlace();
    settleLogs();
    QStringList words;
    if (!ownerName.isEmpty())
        words.append(ownerName);
    if (!name.isEmpty())
        words.append(isProtected ? tr("%1 (protected)").arg(name) : name);
    words.append(tr("Gantry"));
    setWindowTitle(words.join(QStringLiteral(" · ")));
}

/// What the pages of hosts and of logs are about.
void MainWindow::settlePages() {
    const models::Workspace* workspace = m_session->workspace();
    const models::Environment* environment = m_session->environment();
    if (HostPage* const hosts = m_pages->madeHosts())
        hosts->showHosts(environment != nullptr ? environment->name : QString(),
                         environment != nullptr ? environment->hosts : QList<models::Host>());
    if (LogPage* const logs = m_pages->madeLogs())
        logs->showEnvironment(environment != nullptr && workspace != nullptr
                                  ? models::withVariables(*workspace, *environment)
                                  : models::Environment());
}

void MainWindow::settlePlace() {
    m_status->setPlace(placeWords(m_session->environment(), m_services.hosts.links()));
}

void MainWindow::settleLogs() {
    m_actions->saveLog->setEnabled(page() == Page::Logs && m_pages->logs().isShowingLogs());
}

void MainWindow::restoreWindow() {
    resize(usualSize);
    restoreGeometry(Preferences::instance().value(QStringLiteral("window/geometry")).toByteArray());
}

void MainWindow::saveWindow() const {
    Preferences::instance().setValue(QStringLiteral("window/geometry"), saveGeometry());
    savePlace();
}

void MainWindow::savePlace() const {
    const bool inRun = page() == Page::Run;
    LastPlace place;
    place.page = nameOf(page());
    if (inRun || isRunUnderWay())
        place.run = shownRun();
    if (inRun && place.run.isEmpty())
        place.runbook = m_runbook;
    place.save();
}

} // namespace ui
