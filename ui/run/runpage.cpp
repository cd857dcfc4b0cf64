// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runpage.h"

#include "app/environment/workspaceservice.h"
#include "models/environment/meantenvironment.h"
#include "models/run/approvalrule.h"
#include "ui/run/act.h"
#include "ui/run/leftruns.h"
#include "ui/run/lockbanner.h"
#include "ui/run/outputstore.h"
#include "ui/run/runbody.h"
#include "ui/run/rundriver.h"
#include "ui/run/runfoot.h"
#include "ui/run/runheader.h"
#include "ui/run/sectionlist.h"
#include "ui/run/sectionlistmodel.h"
#include "ui/run/stepdetailpane.h"
#include "ui/run/stepview.h"
#include "ui/run/timelinefeed.h"
#include "ui/run/timelineview.h"
#include "ui/run/watcheddocument.h"
#include "ui/run/wavestrip.h"
#include "ui/run/words.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/whenfinished.h"

#include <QApplication>
#include <QStackedLayout>

#include <algorithm>

namespace ui {

using models::RunTreeModel;
using models::StepStatus;

RunPage::RunPage(app::RunService& runs, app::RunbookService& runbooks, QWidget* parent)
    : QWidget(parent)
    , m_runs(runs)
    , m_document(new WatchedDocument(runbooks, this))
    , m_outputs(new OutputStore(runs, this))
    , m_left(new LeftRuns(runs, this))
    , m_driver(new RunDriver(runs, *this))
    , m_sectionModel(new SectionListModel(m_tree, this)) {
    setObjectName(QStringLiteral("runPage"));
    m_filter.setSourceModel(&m_tree);
    build();
    connectParts();
    addShortcuts();
}

RunPage::~RunPage() {
    if (!m_run.isEmpty() && !m_left->contains(m_run))
        m_runs.release(m_run);
}

/// Back to a page without a run; one that is under way is driven here all the same.
void RunPage::leaveRun() {
    if (isRunUnderWay())
        m_left->leave(m_run);
    else if (!m_run.isEmpty() && !m_left->contains(m_run)) // one that is left before it is there
        m_runs.release(m_run);
    m_run = {};
    m_outputs->setRun({});
    m_timelineFeed->leave();
    showTimeline(false);
    m_access = RunAccess::Preview;
    m_meant.clear();
    m_isMisplaced = false;
    m_isBeingPlaced = false;
    m_isRunningAll = false;
    m_isStarting = false;
    m_following.stop();
    m_banner->hide();
    m_refused.reset();
    m_difference->hide();
    m_triggers->hide();
    m_locks->hide();
    m_detail->showNothing(); // equal steps of another run are other ones
}

void RunPage::openRunbook(const models::Workspace& workspace, const QString& relativePath,
                          const QString& environment) {
    leaveRun();
    PlanRequest request{workspace, relativePath, environment, {}};
    request.suggestsEnvironment = true;
    load(request);
}

void RunPage::load(const PlanRequest& request) {
    m_request = request;
    m_document->watch(request.workspace.root + QLatin1Char('/') + request.runbookPath);
    whenFinished(loadPlan(request), this,
                 [this, request](const models::Result<models::PlanPointer>& plan) {
                     if (!(request == m_request) || m_access != RunAccess::Preview)
                         return; // another document was chosen meanwhile
                     if (plan)
                         showPlan(*plan);
                     else
                         showError(plan.error());
                 });
}

void RunPage::showPlan(models::PlanPointer plan) {
    // What changes from here on is a change, also before the watcher's own first look.
    m_document->watch(*plan);
    m_banner->hide(); // what kept it from being read is over
    m_tree.setState(app::RunService::preview(std::move(plan)));
    lookForUnfinished();
    Q_EMIT titleChanged();
    // A document that was read again keeps its selection.
    if (!m_steps->currentIndex().isValid())
        selectStep(models::nextOpenStep(state()));
    if (!m_steps->currentIndex().isValid())
        m_steps->reveal(m_filter.index(0, 0));
    refresh();
}

void RunPage::openRun(const models::RunId& run) {
    if (run == m_run)
        return;
    leaveRun();
    m_request = {};
    m_document->watch(QString());
    m_run = run;
    m_outputs->setRun(run);
    m_isBeingPlaced = true;
    whenFinished(
        m_runs.runs(), this, [this, run](const models::Result<QList<app::RunSummary>>& runs) {
            const QList<app::RunSummary> all = runs.value_or(QList<app::RunSummary>());
            const auto found =
                std::find_if(all.cbegin(), all.cend(),
                             [&run](const app::RunSummary& summary) { return summary.id == run; });
            if (run == m_run)
                place(found == all.cend() ? app::RunSummary() : *found);
        });
}

/// Opens it once it is known how its workspace writes its environment now.
void RunPage::place(const app::RunSummary& summary) {
    const auto open = [this, run = m_run] {
        m_isBeingPlaced = false;
        whenFinished(m_runs.open(run), this, [this](const models::Result<models::RunId>& opened) {
            if (!opened)
                showError(opened.error());
        });
    };
    // The way back is what such a run is left by: that it is in the same environment is well.
    if (summary.workspaceRoot.isEmpty() || !summary.rollbackOf.isEmpty())
        return open();
    whenFinished(app::WorkspaceService::outline(summary.workspaceRoot), this,
                 [this, open, run = m_run,
                  name = summary.environment](const models::Result<models::Workspace>& workspace) {
                     if (run != m_run)
                         return;
                     if (workspace)
                         m_meant = models::misspeltEnvironment(*workspace, name);
                     open();
                 });
}

QString RunPage::title() const {
    return state().plan ? runTitle(*state().plan) : QString();
}

QList<models::RunId> RunPage::runsUnderWay() const {
    QList<models::RunId> runs = m_left->unfinished();
    if (isRunUnderWay())
        runs.prepend(m_run);
    return runs;
}

bool RunPage::isRunUnderWay() const {
    return m_access == RunAccess::Driving && state().status != models::RunStatus::Closed;
}

void RunPage::onRunOpened(const models::RunId& run, const QList<models::Event>& events,
                          const QString& heldBy, const QString& problem) {
    // The future of start() and this signal come in either order.
    if (m_isBeingPlaced || (run != m_run && !(m_isStarting && m_run.isEmpty())))
        return;
    m_run = run;
    m_isStarting = false;
    m_refused.reset();
    if (m_following.isActive())
        m_outputs->setRun({}); // what was read of a run that was followed goes on arriving live
    m_outputs->setRun(run);
    m_timelineFeed->open(run, events);
    models::RunState opened;
    for (const models::Event& event : events)
        opened = models::apply(std::move(opened), event);
    QString why = readOnlyReason(opened, heldBy, problem);
    m_isMisplaced =
        why.isEmpty() && !m_meant.isEmpty() && opened.status != models::RunStatus::Closed;
    if (m_isMisplaced)
        why = misplacedReason(opened);
    m_access = why.isEmpty() ? RunAccess::Driving : RunAccess::ReadOnly;
    m_tree.setState(std::move(opened));
    m_left->returnTo(run);
    if (state().plan)
        m_document->watch(*state().plan); // also what changed since the run began
    if (!why.isEmpty())
        m_banner->showMessage(
            problem.isEmpty() ? BannerWidget::Level::Warning : BannerWidget::Level::Error, why);
    m_banner->setVisible(!why.isEmpty());
    follow(problem.isEmpty() && !state().givenAway ? heldBy : QString());
    Q_EMIT titleChanged();
    Q_EMIT runUnderWayChanged();
    selectStep(m_tree.currentStep());
    if (!m_steps->currentIndex().isValid()) // all of them are done
        m_steps->reveal(m_filter.index(0, 0));
    refresh();
}

void RunPage::onEventsAppended(const models::RunId& run, const QList<models::Event>& events) {
    if (run != m_run || !state().plan)
        return;
    const int selected = selectedStep();
    const models::StepId id =
        selected < 0 ? models::StepId() : state().plan->steps[selected].step.id;
    const bool wasOpen = selected >= 0 && m_tree.statusOf(selected) != StepStatus::Passed &&
                         m_tree.statusOf(selected) != StepStatus::Skipped;
    const bool wasUnderWay = isRunUnderWay();
    m_tree.appendEvents(events);
    forgetRefusal(events);
    if (m_isMisplaced && (state().rollback || state().status == models::RunStatus::Closed))
        m_banner->hide(); // what it told to do is done
    const int now = state().plan->indexOf.value(id, -1);
    const bool isDone = now >= 0 && (m_tree.statusOf(now) == StepStatus::Passed ||
                                     m_tree.statusOf(now) == StepStatus::Skipped);
    if (m_isRunningAll) {
        selectStep(state().plan->indexOf.value(state().current, now));
    } else if (wasOpen && isDone) {
        // Done with this one: on to the next, as on paper.
        const int later = models::nextOpenStep(state(), now);
        selectStep(later >= 0 ? later : models::nextOpenStep(state()));
    }
    if (wasUnderWay != isRunUnderWay())
        Q_EMIT runUnderWayChanged();
    refresh();
}

void RunPage::onRunAllStopped(const models::RunId& run, const models::StepId& step,
                              const QString& reason) {
    if (run != m_run)
        return;
    m_isRunningAll = false;
    const int index = state().plan ? state().plan->indexOf.value(step, -1) : -1;
    if (index >= 0)
        selectStep(index);
    Q_EMIT statusMessage(
        reason.isEmpty() ? tr("Everything that needs no person has run.")
        : index >= 0     ? tr("Stopped at “%1”. %2")
                           .arg(shortened(state().plan->steps[index].step.title, 60), reason)
                     : reason);
    refresh();
}

void RunPage::observeWith(app::RunWatch& watch) {
    m_watch = &watch;
    m_driver->observeWith(watch);
    connect(&watch, &app::RunWatch::observed, this, &RunPage::showReading);
}

/// What was read of the run's gates, though nothing of it is recorded.
void RunPage::showReading(const models::RunId& run) {
    const app::WatchedRun* const watched = run == m_run ? m_watch->watched(run) : nullptr;
    if (watched == nullptr || !state().plan)
        return;
    m_waves->showRun(seen());
    settleFoot();
    const int selected = selectedStep();
    if (selected < 0)
        return;
    const models::StepId& step = state().plan->steps[selected].step.id;
    if (watched->gates().contains(step))
        m_detail->showReading(step, watched->gates().at(step).standing);
}

/// The state with its gates as they were read last: a reading that changes nothing is not recorded.
models::RunState RunPage::seen() const {
    models::RunState seen = state();
    const app::WatchedRun* const watched = m_watch != nullptr ? m_watch->watched(m_run) : nullptr;
    if (watched == nullptr)
        return seen;
    for (const auto& [step, gate] : watched->gates()) {
        const auto recorded = seen.gates.find(step);
        if (recorded == seen.gates.end() || gate.standing.at < recorded->observedAt)
            continue;
        recorded->samples = gate.standing.samples;
        recorded->words = gate.standing.words;
    }
    return seen;
}

int RunPage::selectedStep() const {
    const QModelIndex index = m_steps->currentIndex();
    return index.isValid() ? index.data(RunTreeModel::PlanIndexRole).toInt() : -1;
}

void RunPage::selectStep(int planIndex) {
    m_steps->reveal(m_filter.mapFromSource(m_tree.indexOfStep(planIndex)));
}

void RunPage::goToNext() {
    if (!state().plan)
        return;
    const int later = models::nextOpenStep(state(), selectedStep());
    selectStep(later >= 0 ? later : models::nextOpenStep(state()));
}

void RunPage::goTo(models::Lane lane, int section) {
    QModelIndex index = m_tree.indexOfSection(lane, section);
    const auto& sections = state().plan->sections;
    // A section that only holds others: to the first of those with steps.
    for (int below = section + 1; !index.isValid() && section >= 0 && below < sections.size() &&
                                  sections[below].level > sections[section].level;
         ++below)
        index = m_tree.indexOfSection(lane, below);
    if (index.isValid())
        m_steps->reveal(m_filter.mapFromSource(index));
    else
        m_body->openDrawer();
    m_detail->showSection(state(), section);
}

void RunPage::refresh() {
    if (!state().plan)
        return;
    const bool hasFocus = isAncestorOf(QApplication::focusWidget());
    const int step = selectedStep();
    const bool isEmpty = m_filter.rowCount() == 0 && m_filter.isActive();
    m_stack->setCurrentWidget(m_isTimelineShown ? static_cast<QWidget*>(m_timeline)
                              : isEmpty         ? static_cast<QWidget*>(m_noMatch)
                                                : m_steps);
    m_header->showRun(state(), m_access);
    m_waves->showRun(seen());
    m_foot->showStanding(state());
    settleTriggers();
    m_locks->settle(state());
    m_steps->setAnimated(!state().standing.active.isEmpty());
    if (step >= 0) {
        m_sections->setCurrentSection(state().plan->steps[step].step.lane,
                                      state().plan->steps[step].section);
        m_detail->showStep(state(), m_access, step);
    } else if (const QModelIndex row = m_steps->currentIndex(); row.isValid()) {
        const int section = row.data(RunTreeModel::SectionRole).toInt();
        m_sections->setCurrentSection(models::Lane(row.data(RunTreeModel::LaneRole).toInt()),
                                      section);
        m_detail->showSection(state(), section);
    } else if (m_tree.rowCount() == 0) { // a document to read: how it begins
        m_detail->showSection(state(), state().plan->sections.isEmpty() ? -1 : 0);
    }
    settleFoot();
    // What had the focus may be done with; left alone, it goes to the first place of the window.
    if (hasFocus && !isAncestorOf(QApplication::focusWidget()))
        m_stack->currentWidget()->setFocus(Qt::OtherFocusReason);
}

/// One button for a form and for what it leads to: its words follow what was filled in.
void RunPage::settleFoot() {
    if (!state().plan)
        return;
    NextAction action = nextAction(seen(), m_access, selectedStep(), silentHosts());
    const QString filledIn = filledInText(action.primary);
    if (action.step == selectedStep() && m_body->isDetailShown() && m_detail->isFilledIn() &&
        !filledIn.isEmpty())
        action.primaryText = filledIn;
    if (m_isRunningAll && isRunUnderWay())
        action.quieter.prepend(Act::StopAll); // the brake is in sight while it goes by itself
    m_foot->showAction(action);
    m_foot->showRollback(canRollBack());
}

} // namespace ui
