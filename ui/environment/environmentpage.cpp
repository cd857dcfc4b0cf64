// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/environmentpage.h"

#include "app/run/runfeed.h"
#include "app/workspace/openworkspaces.h"
#include "ui/environment/columnsarea.h"
#include "ui/environment/environmentcolumn.h"
#include "ui/environment/servicedetail.h"
#include "ui/environment/trustbanner.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/firstfocus.h"
#include "ui/widgets/healthwords.h"
#include "ui/widgets/pagestack.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/splitpane.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/wording.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QListView>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

using namespace std::chrono_literals;

/// Services answer one after the other: what comes in within this is one repaint.
constexpr auto settling = 100ms;
/// What another console does is in the journal alone.
constexpr std::int64_t runsAgeMost = 10'000'000'000;
constexpr int listsHeight = 460;
constexpr int detailHeight = 220;
constexpr int hintHeight = 56; ///< of the detail while no service is chosen
constexpr int searchWidth = 220;

} // namespace

EnvironmentPage::EnvironmentPage(app::OpenWorkspaces& open, app::RunFeed& runs,
                                 app::RunbookService& runbooks, QWidget* parent)
    : QWidget(parent)
    , m_open(open)
    , m_runs(runs)
    , m_runbooks(runbooks)
    , m_summary(new ElidedLabel({}, TextRole::Body, Colour::Quiet))
    , m_search(new SearchField(tr("Find a service")))
    , m_order(new QComboBox)
    , m_groups(new QComboBox)
    , m_byVersion(new ActionButton(tr("Show versions"), ButtonKind::Plain))
    , m_trust(new TrustBanner)
    , m_banners(new QVBoxLayout)
    , m_views(new PageStack)
    , m_details(new PageStack)
    , m_empty(new EmptyState(QStringLiteral("network-server"), {}))
    , m_firstFocus(new FirstFocus(this)) {
    setObjectName(QStringLiteral("environmentPage"));
    auto* versions = new QWidget;
    m_matrices = new QVBoxLayout(versions);
    m_matrices->setContentsMargins(space::l, 0, space::l, space::m);
    m_matrices->setSpacing(space::m);
    m_views->addWidget(makeColumns());
    auto* matrices = new QScrollArea;
    matrices->setWidget(versions);
    matrices->setWidgetResizable(true);
    matrices->setFrameShape(QFrame::NoFrame);
    m_views->addWidget(matrices);
    auto* panes = new SplitPane(Qt::Vertical, QStringLiteral("environments"));
    panes->addWidget(m_views);
    panes->addWidget(m_details);
    panes->restoreSizes({listsHeight, detailHeight});
    m_body = panes;
    m_banners->setSpacing(0);
    m_banners->setContentsMargins(0, 0, 0, space::m); // of those that are shown
    m_banners->addWidget(m_trust);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addLayout(m_banners);
    m_stack = new QStackedLayout;
    column->addLayout(m_stack, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_body);

    connect(m_empty, &EmptyState::actionTriggered, this, &EnvironmentPage::folderRequested);
    m_settling.setSingleShot(true);
    connect(&m_settling, &QTimer::timeout, this, &EnvironmentPage::settleNow);
    connect(&m_open, &app::OpenWorkspaces::added, this,
            [this](app::OpenWorkspace* workspace) { add(*workspace); });
    connect(&m_open, &app::OpenWorkspaces::closing, this,
            [this](app::OpenWorkspace* workspace) { remove(*workspace); });
    connect(&Clock::instance(), &Clock::ticked, this, &EnvironmentPage::tick);
    for (const auto& workspace : m_open.all())
        add(*workspace);
    settleBoards();
}

QWidget* EnvironmentPage::makeColumns() {
    auto* content = new QWidget;
    m_columnsRow = new QHBoxLayout(content);
    m_columnsRow->setContentsMargins(space::l, 0, space::l, space::m);
    m_columnsRow->setSpacing(space::l);
    m_columns = new ColumnsArea(content);
    m_columns->setObjectName(QStringLiteral("environmentColumns"));
    return m_columns;
}

QWidget* EnvironmentPage::makeHead() {
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::xl, space::l, space::xl, space::m);
    row->setSpacing(space::l);
    row->addWidget(new TextLabel(tr("Environments"), TextRole::PageTitle));
    row->addWidget(m_summary, 1);
    m_search->setObjectName(QStringLiteral("findService"));
    m_search->setMaximumWidth(searchWidth);
    m_order->setObjectName(QStringLiteral("serviceOrder"));
    m_order->setAccessibleName(tr("Order of services"));
    m_order->addItems({tr("Worst first"), tr("By name")});
    m_groups->setObjectName(QStringLiteral("serviceGroups"));
    m_groups->setAccessibleName(tr("Groups of services"));
    m_groups->addItem(tr("By environment"), int(ServiceFilter::Groups::None));
    m_groups->addItem(tr("By host"), int(ServiceFilter::Groups::ByHost));
    m_groups->addItem(tr("By verdict"), int(ServiceFilter::Groups::ByVerdict));
    m_byVersion->setObjectName(QStringLiteral("showVersions"));
    m_byVersion->setCheckable(true);
    for (QWidget* each : std::initializer_list<QWidget*>{m_search, m_groups, m_order, m_byVersion})
        row->addWidget(each);
    connect(m_search, &QLineEdit::textChanged, this, &EnvironmentPage::filterServices);
    for (QComboBox* each : {m_groups, m_order}) {
        each->setMinimumWidth(each->sizeHint().width() + space::xl); // the search gives way first
        connect(each, &QComboBox::currentIndexChanged, this, &EnvironmentPage::filterServices);
    }
    connect(m_byVersion, &QPushButton::toggled, this, &EnvironmentPage::showVersions);
    return head;
}

void EnvironmentPage::add(app::OpenWorkspace& workspace) {
    auto* board = new WorkspaceBoard(workspace, m_runs, m_runbooks);
    // It may have been asked for before others that were read sooner.
    const auto& all = m_open.all();
    const auto place = std::find_if(all.begin(), all.end(), [&workspace](const auto& each) {
        return each.get() == &workspace;
    });
    const int at = static_cast<int>(place - all.begin());
    m_boards.insert(at, board);
    m_columnsRow->insertWidget(at, board);
    m_banners->insertWidget(2 * at + 1, &board->problemBanner());
    m_banners->insertWidget(2 * at + 2, &board->trustBanner());
    connectBoard(*board);
    filterServices();
    settleBoards();
}

void EnvironmentPage::connectBoard(WorkspaceBoard& board) {
    app::OpenWorkspace& workspace = board.workspace();
    connect(&board, &WorkspaceBoard::rebuilt, this, &EnvironmentPage::settleBoards);
    connect(&board, &WorkspaceBoard::observed, this, [this, &board] { settleSoon(board); });
    connect(&board, &WorkspaceBoard::serviceChosen, this, [this, &board] { choose(board); });
    connect(&board, &WorkspaceBoard::healthRequested, this,
            [this, &workspace](const QString& environment, const QString& service) {
                Q_EMIT healthRequested(&workspace, environment, service);
            });
    connect(&board, &WorkspaceBoard::runbookRequested, this,
            [this, &workspace](const QString& environment, const QString& path) {
                Q_EMIT runbookRequested(&workspace, environment, path);
            });
    connect(&board, &WorkspaceBoard::readRequested, this,
            [this, &workspace] { m_open.open(workspace.path()); });
    connect(&board, &WorkspaceBoard::closeRequested, this,
            [this, &workspace] { Q_EMIT closeRequested(&workspace); });
    connect(&board, &WorkspaceBoard::runRequested, this, &EnvironmentPage::runRequested);
    connect(&board, &WorkspaceBoard::runsRequested, this, &EnvironmentPage::runsRequested);
    connect(&board, &WorkspaceBoard::boardRequested, this, &EnvironmentPage::boardRequested);
}

void EnvironmentPage::remove(const app::OpenWorkspace& workspace) {
    for (WorkspaceBoard* board : std::as_const(m_boards)) {
        if (&board->workspace() != &workspace)
            continue;
        if (m_chosen == board)
            m_chosen = nullptr;
        m_boards.removeOne(board);
        delete &board->problemBanner();
        delete &board->trustBanner();
        delete board->madeVersions();
        delete board->madeDetail();
        delete board;
        break;
    }
    settleBoards();
}

void EnvironmentPage::filterServices() {
    const WorkspaceBoard::Wanted wanted{m_search->text(),
                                        m_order->currentIndex() == 0
                                            ? ServiceFilter::Order::WorstFirst
                                            : ServiceFilter::Order::ByName,
                                        ServiceFilter::Groups(m_groups->currentData().toInt())};
    for (WorkspaceBoard* board : std::as_const(m_boards))
        board->show(wanted);
}

void EnvironmentPage::showVersions(bool areShown) {
    settleVersions();
    m_views->setCurrentIndex(areShown ? 1 : 0);
    for (QWidget* each : std::initializer_list<QWidget*>{m_search, m_groups, m_order})
        each->setEnabled(!areShown);
    tick(presentInstant());
}

/// What follows from which there are.
void EnvironmentPage::settleBoards() {
    QWidget* first = nullptr;
    for (WorkspaceBoard* board : std::as_const(m_boards)) {
        const auto columns = static_cast<int>(board->columns().size());
        board->setNamed(m_boards.size() > 1);
        board->setVisible(columns > 0);
        m_columnsRow->setStretchFactor(board, columns);
        if (first == nullptr && columns > 0)
            first = &board->columns().first()->list();
    }
    QListView* const chosen = m_chosen != nullptr ? m_chosen->chosenList() : nullptr;
    m_firstFocus->set(chosen != nullptr ? chosen : first);
    settleVersions();
    m_trust->settle(m_boards);
    settleEmpty();
    settleSummary();
    showDetail(presentInstant());
}

/// They are made when they are to be seen.
void EnvironmentPage::settleVersions() {
    if (!m_byVersion->isChecked())
        return;
    for (int i = 0; i < m_boards.size(); ++i) {
        WorkspaceBoard& board = *m_boards[i];
        if (m_matrices->indexOf(&board.versions()) != i)
            m_matrices->insertWidget(i, &board.versions());
        board.versions().setVisible(!board.columns().isEmpty());
    }
}

void EnvironmentPage::settleEmpty() {
    bool isReading = false;
    bool isAny = false;
    for (WorkspaceBoard* board : std::as_const(m_boards)) {
        isReading = isReading || board->workspace().workspace().environments.isEmpty();
        isAny = isAny || board->hasRows();
    }
    if (m_boards.isEmpty())
        m_empty->setSentence(tr("The services of every environment are shown here. Open a "
                                "workspace first."));
    else if (isReading)
        m_empty->setSentence(tr("The workspaces are being read."));
    else if (m_boards.size() == 1)
        m_empty->setSentence(tr("%1 declares no services, triggers or metrics. Add them "
                                "to an environment in gantry.yaml.")
                                 .arg(m_boards.first()->workspace().name()));
    else
        m_empty->setSentence(tr("None of the open workspaces declares services, triggers or "
                                "metrics. Add them to an environment in gantry.yaml."));
    m_empty->setAction(m_boards.isEmpty() ? tr("Open folder…") : QString());
    m_stack->setCurrentWidget(isAny ? m_body : static_cast<QWidget*>(m_empty));
}

/// What was seen last of a workspace is not kept waiting.
void EnvironmentPage::settleSoon(const WorkspaceBoard& board) {
    if (board.isFresh())
        m_settling.start(0ms);
    else if (!m_settling.isActive())
        m_settling.start(settling);
}

void EnvironmentPage::settleNow() {
    m_settling.stop();
    const models::Instant now = presentInstant();
    for (WorkspaceBoard* board : std::as_const(m_boards))
        board->settle(now);
    settleSummary();
    showDetail(now);
}

bool EnvironmentPage::showsVerdicts() const {
    return isVisible() && !m_boards.isEmpty() &&
           std::all_of(m_boards.begin(), m_boards.end(),
                       [](const WorkspaceBoard* board) { return board->showsVerdicts(); });
}

void EnvironmentPage::tick(models::Instant now) {
    if (!isVisible())
        return;
    if (now.nanoseconds - m_runsRead.nanoseconds > runsAgeMost) {
        m_runsRead = now;
        m_runs.read();
    }
    for (WorkspaceBoard* board : std::as_const(m_boards))
        board->tick(now);
    settleSummary();
    showDetail(now);
}

void EnvironmentPage::settleSummary() {
    QList<models::HealthState> states;
    for (WorkspaceBoard* board : std::as_const(m_boards))
        states += board->states();
    m_summary->setFullText(
        states.isEmpty()
            ? QString()
            : tr("%1: %2").arg(countOf(states.size(), tr("%1 service"), tr("%1 services")),
                               countWords(states)));
}

void EnvironmentPage::choose(WorkspaceBoard& board) {
    if (m_chosen != nullptr && m_chosen != &board)
        m_chosen->leaveService();
    m_chosen = &board;
    m_firstFocus->set(board.chosenList());
    showDetail(presentInstant());
}

void EnvironmentPage::showDetail(models::Instant now) {
    WorkspaceBoard* const shown = m_chosen != nullptr ? m_chosen : m_boards.value(0);
    if (shown == nullptr)
        return;
    shown->showDetail(now);
    if (m_details->indexOf(&shown->detail()) < 0)
        m_details->addWidget(&shown->detail());
    m_details->setMaximumHeight(m_chosen != nullptr ? QWIDGETSIZE_MAX : hintHeight);
    m_details->setCurrentWidget(&shown->detail());
}

void EnvironmentPage::reveal(const app::OpenWorkspace& workspace) {
    for (WorkspaceBoard* board : std::as_const(m_boards)) {
        if (&board->workspace() == &workspace)
            m_revealed = board;
    }
    revealSoon();
}

/// Once it is laid out: where it is follows from all of the others.
void EnvironmentPage::revealSoon() {
    const auto reveal = [this] {
        if (isVisible() && m_revealed != nullptr)
            m_columns->horizontalScrollBar()->setValue(std::exchange(m_revealed, nullptr)->x() -
                                                       space::l);
    };
    QMetaObject::invokeMethod(this, reveal, Qt::QueuedConnection);
}

void EnvironmentPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    revealSoon();
    m_runsRead = {};
    for (WorkspaceBoard* board : std::as_const(m_boards))
        board->readRisks();
    tick(presentInstant());
}

} // namespace ui
