// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspacepage.h"

#include "app/run/runservice.h"
#include "app/runbook/runbookservice.h"
#include "models/environment/firstfile.h"
#include "ui/environment/trustline.h"
#include "ui/shell/environmentstrip.h"
#include "ui/shell/openrundelegate.h"
#include "ui/shell/openrunsmodel.h"
#include "ui/shell/runbookdelegate.h"
#include "ui/shell/runbooklistmodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/clock.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/whenfinished.h"
#include "ui/widgets/wording.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPointer>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int shownDiagnostics = 3;
constexpr int shownOpenRuns = 4;
constexpr int filterWidth = 240;

} // namespace

WorkspacePage::WorkspacePage(app::RunbookService& runbooks, app::RunService& runs, QWidget* parent)
    : QWidget(parent)
    , m_runbookService(runbooks)
    , m_runService(runs)
    , m_banner(new BannerWidget)
    , m_openRuns(new OpenRunsModel(this))
    , m_runbooks(new RunbookListModel(this))
    , m_filtered(new QSortFilterProxyModel(this)) {
    setObjectName(QStringLiteral("workspacePage"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(space::xl, space::l, space::xl, space::l);
    body->setSpacing(space::l);
    body->addWidget(makeHead());
    m_environments = new EnvironmentStrip;
    body->addWidget(m_environments);
    m_openRunsBlock = makeOpenRuns();
    body->addWidget(m_openRunsBlock);
    body->addWidget(makeRunbooks(), 1);
    layout->addLayout(body, 1);
    connectViews();
}

QWidget* WorkspacePage::makeHead() {
    auto* head = new QWidget;
    m_title = new ElidedLabel({}, TextRole::PageTitle);
    m_root = new ElidedLabel({}, TextRole::Quiet, Colour::Quiet);
    m_root->setElideMode(Qt::ElideMiddle);
    m_trust = new TrustLine;
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::xs);
    layout->addWidget(m_title);
    layout->addWidget(m_root);
    layout->addWidget(m_trust);
    return head;
}

QWidget* WorkspacePage::makeOpenRuns() {
    auto* block = new QWidget;
    m_openRunsView = new RowList(tr("Unfinished runs"));
    m_openRunsView->setMostRows(shownOpenRuns);
    m_openRunsView->setObjectName(QStringLiteral("openRuns"));
    m_openRunsView->setModel(m_openRuns);
    m_openRunsView->setItemDelegate(new OpenRunDelegate(this));
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addWidget(new TextLabel(tr("Unfinished runs"), TextRole::Title));
    layout->addWidget(m_openRunsView);
    block->hide();
    return block;
}

QWidget* WorkspacePage::makeRunbooks() {
    auto* block = new QWidget;
    m_runbooksView = new RowList(tr("Runbooks"));
    m_runbooksView->setObjectName(QStringLiteral("runbooks"));
    m_filtered->setSourceModel(m_runbooks);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterRole(Qt::AccessibleTextRole);
    m_runbooksView->setModel(m_filtered);
    m_runbooksView->setItemDelegate(new RunbookDelegate(this));
    m_empty = new EmptyState(QStringLiteral("text-x-generic"), {});
    m_count = new TextLabel({}, TextRole::Quiet, Colour::Quiet);
    m_filter = new SearchField(tr("Filter runbooks"));
    m_filter->setMaximumWidth(filterWidth);

    auto* head = new QHBoxLayout;
    head->setSpacing(space::s);
    head->addWidget(new TextLabel(tr("Runbooks"), TextRole::Title));
    head->addWidget(m_count);
    head->addStretch(1);
    head->addWidget(m_filter, 1);
    auto* layout = new QVBoxLayout(block);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s);
    layout->addLayout(head);
    layout->addWidget(m_runbooksView);
    layout->addWidget(m_empty, 1);
    layout->addStretch(0);
    return block;
}

void WorkspacePage::connectViews() {
    const auto openRunbook = [this](const QModelIndex& index) {
        if (isVisible() && index.isValid())
            Q_EMIT runbookActivated(index.data(RunbookListModel::PathRole).toString());
    };
    connect(m_runbooksView, &QListView::clicked, this, openRunbook);
    connect(m_runbooksView, &QListView::activated, this, openRunbook);
    const auto openRun = [this](const QModelIndex& index) {
        const models::RunId run = m_openRuns->runId(index);
        if (isVisible() && !run.isEmpty())
            Q_EMIT runActivated(run);
    };
    connect(m_openRunsView, &QListView::clicked, this, openRun);
    connect(m_openRunsView, &QListView::activated, this, openRun);
    connect(m_environments, &EnvironmentStrip::environmentChosen, this,
            &WorkspacePage::environmentChosen);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filtered->setFilterFixedString(text);
        settleRunbooks();
    });
    connect(m_filter, &SearchField::listRequested, this, [this] {
        m_runbooksView->setFocus(Qt::TabFocusReason);
        if (!m_runbooksView->currentIndex().isValid())
            m_runbooksView->setCurrentIndex(m_filtered->index(0, 0));
    });
    connect(&m_runbookService, &app::RunbookService::runbookChanged, this,
            [this](const QString& path) {
                const QString relative = QDir(m_workspace.root).relativeFilePath(path);
                if (m_workspace.runbooks.contains(relative))
                    loadRunbook(relative);
            });
    connect(&m_runService, &app::RunService::runOpened, this, &WorkspacePage::refreshRuns);
    // Ages are painted, not stored: once a second is enough to keep them true.
    connect(&Clock::instance(), &Clock::ticked, m_runbooksView->viewport(),
            qOverload<>(&QWidget::update));
    connect(&Clock::instance(), &Clock::ticked, m_openRunsView->viewport(),
            qOverload<>(&QWidget::update));
}

void WorkspacePage::showWorkspace(const models::Workspace& workspace, const QString& environment) {
    for (const QString& path : std::as_const(m_workspace.runbooks))
        m_runbookService.unwatch(QDir(m_workspace.root).absoluteFilePath(path));
    const bool another = workspace.root != m_workspace.root || workspace.id != m_workspace.id;
    m_workspace = workspace;
    m_environment = environment;
    ++m_request;
    if (another) {
        m_runbooks->setPaths({});
        m_runs.clear();
        m_filter->clear();
    }
    m_title->setFullText(workspace.name);
    m_root->setFullText(QDir::toNativeSeparators(workspace.root));
    m_environments->setEnvironments(workspace.environments, environment);
    m_runbooks->setPaths(workspace.runbooks);
    for (const QString& path : workspace.runbooks) {
        loadRunbook(path);
        m_runbookService.watch(QDir(workspace.root).absoluteFilePath(path));
    }
    showDiagnostics(shownDiagnostics);
    settleRunbooks();
    refreshRuns();
}

void WorkspacePage::setEnvironment(const QString& name) {
    m_environment = name;
    m_environments->setChosen(name);
    showRuns(m_runs);
}

void WorkspacePage::loadRunbook(const QString& relativePath) {
    const int request = m_request;
    whenFinished(m_runbookService.load(QDir(m_workspace.root).absoluteFilePath(relativePath),
                                       models::givenNames(m_workspace)),
                 this,
                 [this, request, relativePath](const models::Result<models::Runbook>& result) {
                     if (request == m_request)
                         m_runbooks->setOverview(relativePath, overviewOf(result));
                 });
}

void WorkspacePage::showDiagnostics(qsizetype most) {
    const models::Diagnostics& diagnostics = m_workspace.diagnostics;
    if (diagnostics.isEmpty()) {
        m_banner->hide();
        return;
    }
    QStringList lines;
    bool serious = false;
    for (const models::Diagnostic& diagnostic : diagnostics) {
        serious = serious || diagnostic.severity == models::Severity::Error;
        if (lines.size() < most) {
            lines.append(tr("gantry.yaml, line %1, column %2: %3")
                             .arg(diagnostic.line)
                             .arg(diagnostic.column)
                             .arg(diagnostic.message));
        }
    }
    m_banner->showMessage(serious ? BannerWidget::Level::Error : BannerWidget::Level::Warning,
                          lines.join(u'\n'));
    if (diagnostics.size() <= most)
        return;
    ActionButton* all = m_banner->addAction(tr("Show all %1 problems").arg(diagnostics.size()));
    connect(all, &QPushButton::clicked, this,
            [this] { showDiagnostics(m_workspace.diagnostics.size()); });
}

void WorkspacePage::refreshRuns() {
    const int request = m_request;
    whenFinished(m_runService.runs(), this,
                 [this, request](const models::Result<QList<app::RunSummary>>& result) {
                     if (request != m_request || !result)
                         return;
                     QList<app::RunSummary> own;
                     std::copy_if(result->begin(), result->end(), std::back_inserter(own),
                                  [this](const app::RunSummary& run) {
                                      return run.workspaceId == m_workspace.id;
                                  });
                     showRuns(own);
                 });
}

void WorkspacePage::setDrivenRuns(const QList<models::RunId>& runs) {
    m_openRuns->setDriven(runs);
}

void WorkspacePage::showRuns(const QList<app::RunSummary>& runs) {
    m_runs = runs;
    m_openRuns->setRuns(runs);
    m_openRunsBlock->setVisible(m_openRuns->rowCount() > 0);
    QList<app::RunSummary> here;
    std::copy_if(runs.begin(), runs.end(), std::back_inserter(here),
                 [this](const app::RunSummary& run) { return run.environment == m_environment; });
    m_runbooks->setRuns(here);
}

void WorkspacePage::settleRunbooks() {
    const int all = m_runbooks->rowCount();
    const int shown = m_filtered->rowCount();
    m_count->setText(shown == all ? QString::number(all) : tr("%1 of %2").arg(shown).arg(all));
    m_runbooksView->setVisible(shown > 0);
    m_empty->setVisible(shown == 0);
    m_empty->setSentence(
        all > 0 ? tr("No runbook fits this filter.")
                : tr("The Markdown files of this folder will be here. It has none yet, or "
                     "gantry.yaml names none under runbooks."));
}

PaletteEntries WorkspacePage::paletteEntries() {
    PaletteEntries entries;
    for (int row = 0; row < m_runbooks->rowCount(); ++row) {
        const QModelIndex index = m_runbooks->index(row);
        const QString path = index.data(RunbookListModel::PathRole).toString();
        entries.append({tr("Open runbook: %1").arg(index.data().toString()),
                        path,
                        {},
                        [self = QPointer(this), path] {
                            if (self != nullptr)
                                Q_EMIT self->runbookActivated(path);
                        }});
        if (index.data(RunbookListModel::OverviewRole).value<RunbookOverview>().contract.isEmpty())
            continue;
        entries.append({tr("Copy variables as contract: %1").arg(index.data().toString()),
                        path,
                        {},
                        [self = QPointer(this), path] {
                            if (self != nullptr)
                                self->copyContract(path);
                        }});
    }
    return entries;
}

void WorkspacePage::copyContract(const QString& relativePath) {
    for (int row = 0; row < m_runbooks->rowCount(); ++row) {
        const QModelIndex index = m_runbooks->index(row);
        if (index.data(RunbookListModel::PathRole).toString() != relativePath)
            continue;
        const auto overview = index.data(RunbookListModel::OverviewRole).value<RunbookOverview>();
        QGuiApplication::clipboard()->setText(models::contractText(overview.contract, 0));
        Q_EMIT statusMessage(
            tr("Copied %1 of %2. Paste them below a service in gantry.yaml.")
                .arg(countOf(overview.contract.size(), tr("%1 variable"), tr("%1 variables")),
                     relativePath));
    }
}

void WorkspacePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (!m_workspace.root.isEmpty())
        refreshRuns();
}

} // namespace ui
