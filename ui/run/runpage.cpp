// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runpage.h"

#include "ui/run/runfoot.h"
#include "ui/run/sectionlist.h"
#include "ui/run/sectionlistmodel.h"
#include "ui/run/stepdetailpane.h"
#include "ui/run/stepview.h"
#include "ui/run/whenfinished.h"
#include "ui/theme/theme.h"
#include "ui/widgets/splitpane.h"

#include <QVBoxLayout>

namespace ui {

RunPage::RunPage(app::RunService& runs, app::RunbookService& runbooks, QWidget* parent)
    : QWidget(parent)
    , m_runs(runs)
    , m_runbooks(runbooks) {
    setObjectName(QStringLiteral("runPage"));
    m_filter.setSourceModel(&m_tree);
    m_sectionModel = new SectionListModel(m_tree, this);
    m_sections = new SectionList(*m_sectionModel);
    m_steps = new StepView;
    m_steps->setModel(&m_filter);
    m_detail = new StepDetailPane(runs);
    m_foot = new RunFoot;
    auto* panes = new SplitPane(Qt::Horizontal, QStringLiteral("run"));
    panes->addWidget(m_sections);
    panes->addWidget(m_steps);
    panes->addWidget(m_detail);
    panes->setStretchFactor(1, 1);
    panes->restoreSizes({240, 720, 420});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(panes, 1);
    column->addWidget(m_foot);

    connect(&m_runs, &app::RunService::runOpened, this, &RunPage::onRunOpened);
    connect(&m_runs, &app::RunService::eventsAppended, this, &RunPage::onEventsAppended);
    connect(m_steps, &StepView::currentRowChanged, this, &RunPage::refresh);
    connect(m_steps, &StepView::primaryRequested, this,
            [this] { perform(m_foot->action().primary); });
    connect(m_foot, &RunFoot::actRequested, this, &RunPage::perform);
    connect(m_sections, &SectionList::sectionActivated, this,
            [this](models::Lane lane, int section) {
                m_steps->reveal(m_filter.mapFromSource(m_tree.indexOfSection(lane, section)));
            });
}

RunPage::~RunPage() = default;

void RunPage::openRunbook(const models::Workspace& workspace, const QString& relativePath,
                          const QString& environment) {
    m_workspace = workspace;
    const QString path = workspace.root + QLatin1Char('/') + relativePath;
    whenFinished(
        m_runbooks.load(path), this,
        [this, relativePath, environment](const models::Result<models::Runbook>& loaded) {
            if (!loaded) {
                Q_EMIT statusMessage(loaded.error().message);
                return;
            }
            showPlan(std::make_shared<const models::Plan>(models::makePlan(
                *loaded, models::planContext(m_workspace, relativePath, environment, {}, {}))));
        });
}

void RunPage::showPlan(models::PlanPointer plan) {
    m_access = RunAccess::Preview;
    m_tree.setState(app::RunService::preview(std::move(plan)));
    Q_EMIT titleChanged();
    goToNext();
    refresh();
}

void RunPage::openRun(const models::RunId& run) {
    m_run = run;
    whenFinished(m_runs.open(run), this, [this](const models::Result<models::RunId>& opened) {
        if (!opened)
            Q_EMIT statusMessage(opened.error().message);
    });
}

QString RunPage::title() const {
    return m_tree.state().plan ? m_tree.state().plan->runbook.title : QString();
}

bool RunPage::isRunUnderWay() const {
    return m_access == RunAccess::Driving && m_tree.state().status != models::RunStatus::Closed;
}

QList<PaletteEntry> RunPage::paletteEntries() const {
    return {};
}

void RunPage::onRunOpened(const models::RunId& run, const QList<models::Event>& events,
                          const QString& heldBy, const QString&) {
    if (run != m_run)
        return;
    models::RunState state;
    for (const models::Event& event : events)
        state = models::apply(std::move(state), event);
    m_access = heldBy.isEmpty() && !state.readOnly ? RunAccess::Driving : RunAccess::ReadOnly;
    m_tree.setState(std::move(state));
    Q_EMIT titleChanged();
    Q_EMIT runUnderWayChanged();
    goToNext();
    refresh();
}

void RunPage::onEventsAppended(const models::RunId& run, const QList<models::Event>& events) {
    if (run != m_run)
        return;
    m_tree.appendEvents(events);
    refresh();
}

int RunPage::selectedStep() const {
    const QModelIndex index = m_steps->currentIndex();
    return index.isValid() ? index.data(models::RunTreeModel::PlanIndexRole).toInt() : -1;
}

void RunPage::selectStep(int planIndex) {
    m_steps->reveal(m_filter.mapFromSource(m_tree.indexOfStep(planIndex)));
}

void RunPage::goToNext() {
    if (m_tree.state().plan)
        selectStep(models::nextOpenStep(m_tree.state()));
}

void RunPage::refresh() {
    const models::RunState& state = m_tree.state();
    if (!state.plan)
        return;
    const int step = selectedStep();
    m_foot->showAction(nextAction(state, m_access, step));
    m_foot->showStanding(state);
    m_steps->setAnimated(m_tree.progress(state.plan->mainLane()).running > 0);
    if (step >= 0) {
        m_sections->setCurrentSection(state.plan->steps[step].step.lane,
                                      state.plan->steps[step].section);
        m_detail->showStep(state, m_access, step);
    }
}

void RunPage::perform(Act act) {
    const models::RunState& state = m_tree.state();
    if (act == Act::StartRun) {
        whenFinished(m_runs.start(state.plan, {}), this,
                     [this](const models::Result<models::RunId>& started) {
                         if (!started)
                             Q_EMIT statusMessage(started.error().message);
                     });
    }
}

} // namespace ui
