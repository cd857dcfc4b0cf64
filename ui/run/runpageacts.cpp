// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can ask of the page: the acts, their keys, the menu and the palette.
#include "models/run/rollbackplan.h"
#include "models/run/timeline.h"
#include "ui/run/goboardsheet.h"
#include "ui/run/handoversheet.h"
#include "ui/run/listsheet.h"
#include "ui/run/pinsheet.h"
#include "ui/run/reportsheet.h"
#include "ui/run/runbody.h"
#include "ui/run/rundriver.h"
#include "ui/run/runfoot.h"
#include "ui/run/runheader.h"
#include "ui/run/runpage.h"
#include "ui/run/stepdetailpane.h"
#include "ui/run/stepview.h"
#include "ui/run/timelinefeed.h"
#include "ui/run/timelineview.h"
#include "ui/run/triggerwords.h"
#include "ui/run/words.h"
#include "ui/widgets/documentsfolder.h"
#include "ui/widgets/whenfinished.h"

#include <QAction>
#include <QPointer>

namespace ui {

/// Actions of the widget, so that the window's menu shows them with their keys.
void RunPage::addShortcuts() {
    const auto add = [this](const QString& text, const QString& keys, auto handler) {
        auto* action = new QAction(text, this);
        action->setShortcut(QKeySequence(keys));
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, handler);
        addAction(action);
    };
    const auto offered = [this](Act act) {
        if (m_foot->action().offers(act))
            perform(act);
    };
    add(tr("Go to next open step"), QStringLiteral("N"), [this] { goToNext(); });
    add(tr("Retry step"), QStringLiteral("R"), [offered] { offered(Act::Retry); });
    add(tr("Skip step…"), QStringLiteral("S"), [offered] { offered(Act::Skip); });
    add(tr("Roll back…"), QStringLiteral("B"), [this] { perform(Act::RollBack); });
    add(tr("Show logs of the step's time"), QStringLiteral("L"), [this] { showLogs(); });
    add(tr("Show the timeline or the steps"), QStringLiteral("T"),
        [this] { showTimeline(!m_isTimelineShown); });
    add(tr("Go or no-go…"), QStringLiteral("G"), [this] { perform(Act::ShowBoard); });
    add(tr("Filter steps"), QStringLiteral("F"), [this] { m_header->focusFilter(); });
    add(tr("Find in output"), QStringLiteral("Ctrl+F"), [this] {
        m_body->openDrawer();
        m_detail->focusSearch();
    });
    add(tr("Show or put away details"), QStringLiteral("D"), [this] {
        if (m_body->isDrawerOpen())
            m_body->closeDrawer();
        else
            m_body->openDrawer();
    });
    add(tr("Keys on this page"), QStringLiteral("?"), [this] { ListSheet::showKeys(this); });
}

void RunPage::perform(Act act) {
    const int step = m_foot->action().step;
    switch (act) {
    case Act::StartRun:
        askStart();
        return;
    case Act::GoToNext:
        goToNext();
        return;
    case Act::Report:
        askReport();
        return;
    case Act::GiveValues:
    case Act::ConfirmTyped:
    case Act::Choose:
    case Act::Approve:
    case Act::Reject:
    case Act::Decide:
        answerInPane(act);
        return;
    case Act::None:
        refresh();
        return;
    case Act::ShowLogs:
        showLogs();
        return;
    case Act::ShowBoard:
        showBoard();
        return;
    case Act::HandOver:
        askHandOver();
        return;
    case Act::RollBack:
        if (canRollBack())
            Q_EMIT rollbackRequested(m_run, askingWords(state()));
        return;
    case Act::ShowRollback:
        if (state().rollback)
            Q_EMIT runRequested(state().rollback->run);
        return;
    case Act::RunAll:
    case Act::RunSection:
        m_isRunningAll = true;
        break;
    default:
        break;
    }
    if (m_run.isEmpty())
        return;
    const bool isOfSelection = act == Act::Reopen || act == Act::AddNote || act == Act::SetOwner ||
                               act == Act::AddCommand || act == Act::RunSection;
    const int selected = selectedStep();
    m_driver->perform(act, state(), isOfSelection && selected >= 0 ? selected : step);
}

void RunPage::showBoard() {
    if (m_runs.state(m_run) != nullptr && state().plan)
        (new GoBoardSheet(m_runs, m_run, isRunUnderWay(), window()))->open();
}

/// The form is in the pane, beside what it is about. Only one that is in sight is given.
void RunPage::answerInPane(Act act) {
    const int step = m_foot->action().step;
    const bool isShown = selectedStep() == step && m_body->isDetailShown();
    if (!isShown) {
        selectStep(step);
        m_body->openDrawer();
        settleFoot();
    }
    if (isShown || !m_detail->isFilledIn())
        m_detail->answer(act);
}

bool RunPage::canRollBack() const {
    return (m_access == RunAccess::Driving || m_isMisplaced) && state().plan &&
           models::rollbackRefusal(state()).isEmpty();
}

void RunPage::setVersionLookup(std::function<models::Target(const QString&)> lookUp) {
    m_versions = std::move(lookUp);
}

models::Target RunPage::previousIn(const QString& environment) const {
    return m_versions ? m_versions(environment) : models::Target();
}

void RunPage::askStart() {
    if (!state().plan || m_access != RunAccess::Preview)
        return;
    auto* sheet = new StartSheet(m_request.workspace, state(), window());
    connect(sheet, &StartSheet::startRequested, this, &RunPage::start);
    connect(sheet, &StartSheet::liftRequested, this, [this, sheet](const app::RunSummary& blocked) {
        m_driver->askUnblock(blocked.id, blocked.environment, blocked.blockReason, *sheet);
    });
    connect(&m_runs, &app::RunService::intentRefused, sheet,
            [sheet](const models::RunId& run, const models::StepId&, const models::Error& error) {
                sheet->showRefusal(run, error);
            });
    if (m_preflight != nullptr)
        addPreflight(*sheet);
    sheet->open();
}

void RunPage::addPreflight(StartSheet& sheet) {
    m_preflight->begin(m_request.workspace, state().plan);
    sheet.showPreflight(*m_preflight);
    connect(&sheet, &StartSheet::previewWanted, this,
            [this, asking = &sheet](const QString& environment, const models::Target& target) {
                previewStart(asking, environment, target);
            });
    // What is deployed now is part of it.
    previewStart(&sheet, state().plan->context.environment, {});
}

void RunPage::previewStart(QPointer<StartSheet> sheet, const QString& environment,
                           const models::Target& target) {
    const PlanRequest request{
        m_request.workspace,    m_request.runbookPath, environment, target, {},
        previousIn(environment)};
    whenFinished(loadPlan(request), this,
                 [this, sheet, environment](const models::Result<models::PlanPointer>& plan) {
                     // Another one may have been chosen meanwhile.
                     if (!plan || !sheet || sheet->answer().environment != environment)
                         return;
                     m_preflight->begin(m_request.workspace, *plan);
                     sheet->setPreview(app::RunService::preview(*plan));
                 });
}

void RunPage::askHandOver() {
    if (!isRunUnderWay())
        return;
    auto* sheet = new HandOverSheet(m_runs, m_run, documentsFolder(), title(), window());
    // The page may be closed while the sheet still stands over the window.
    connect(
        sheet, &HandOverSheet::handedOver, this, [this](const QString& to, const QString& path) {
            Q_EMIT statusMessage(tr("Handed over to %1. The file for them is %2").arg(to, path));
        });
    sheet->open();
}

void RunPage::askReport() {
    if (m_run.isEmpty())
        return;
    auto* sheet = new ReportSheet(m_runs, m_run, m_timelineFeed->course(), documentsFolder(),
                                  title(), window());
    // The page may be closed while the sheet still stands over the window.
    connect(sheet, &ReportSheet::saved, this, [this](const QString& path) {
        Q_EMIT statusMessage(tr("The report is in %1").arg(path));
    });
    sheet->open();
}

void RunPage::showHealth(
    std::function<const app::EnvironmentWatch*(const QString& workspaceId)> watchOf) {
    m_timelineFeed->observeWith(std::move(watchOf));
}

/// There is none before the run began.
void RunPage::showTimeline(bool shown) {
    m_isTimelineShown = shown && m_access != RunAccess::Preview;
    m_header->setTimelineShown(m_isTimelineShown);
    if (m_isTimelineShown)
        m_body->closeDrawer(); // it lies over what is to be seen
    refresh();
    (m_isTimelineShown ? static_cast<QWidget*>(m_timeline) : m_steps)->setFocus();
}

void RunPage::start(const StartSheet::Answer& answer) {
    m_isStarting = true;
    m_request.environment = answer.environment;
    m_request.suggestsEnvironment = false;
    m_request.target = answer.target;
    m_request.overrides = answer.overrides;
    m_request.previous = previousIn(answer.environment);
    // The environment and the target are part of the plan: it is made anew, from the same file.
    whenFinished(loadPlan(m_request), this,
                 [this, answer](const models::Result<models::PlanPointer>& plan) {
                     if (!plan) {
                         m_isStarting = false;
                         showError(plan.error());
                         return;
                     }
                     whenFinished(m_runs.start(*plan, answer.variables), this,
                                  [this, answer](const models::Result<models::RunId>& started) {
                                      if (!started) {
                                          m_isStarting = false;
                                          showError(started.error());
                                      } else if (!answer.secrets.isEmpty()) {
                                          m_runs.giveSecrets(*started, answer.secrets);
                                      }
                                  });
                 });
}

std::pair<models::Instant, models::Instant> RunPage::timeOfSelected() const {
    const int selected = selectedStep();
    return selected < 0 ? std::pair<models::Instant, models::Instant>()
                        : models::timeOf(state().step(state().plan->steps[selected].step.id));
}

void RunPage::showLogs() {
    const auto [from, to] = timeOfSelected();
    if (from.isNull())
        Q_EMIT statusMessage(tr("Nothing has been done for this step yet: it has no time."));
    else
        Q_EMIT logsRequested(from, to);
}

bool RunPage::showStepAt(models::Instant time) {
    const int index = m_run.isEmpty() ? -1 : models::stepAt(state(), time);
    if (index < 0)
        return false;
    m_header->clearFilter();
    selectStep(index);
    m_body->openDrawer();
    m_steps->setFocus();
    return true;
}

void RunPage::askPin(const QList<models::PinnedLine>& lines) {
    if (m_run.isEmpty() || !state().plan || m_access != RunAccess::Driving) {
        Q_EMIT statusMessage(tr("No run is open to pin lines to. Start one, or open one that is "
                                "not held elsewhere."));
        return;
    }
    const models::Instant begin = models::timesOf(lines).first;
    const int then = begin.isNull() ? -1 : models::stepAt(state(), begin);
    auto* sheet = new PinSheet(state(), lines, then >= 0 ? then : selectedStep(), window());
    connect(sheet, &PinSheet::pinRequested, this,
            [this, run = m_run, lines](const models::StepId& step, const QString& remark) {
                m_runs.pinEvidence(run, step, remark, lines);
                Q_EMIT statusMessage(lines.size() == 1 ? tr("Pinned 1 line.")
                                                       : tr("Pinned %L1 lines.").arg(lines.size()));
            });
    sheet->open();
}

QList<Act> RunPage::menuActs() const {
    if (!state().plan || m_run.isEmpty())
        return {};
    QList<Act> acts;
    const int selected = selectedStep();
    if (isRunUnderWay()) {
        acts << (m_isRunningAll ? Act::StopAll : Act::RunAll);
        if (selected >= 0) {
            const models::StepStatus status = m_tree.statusOf(selected);
            acts << Act::RunSection << Act::AddNote << Act::SetOwner << Act::AddCommand;
            if (status == models::StepStatus::Passed || status == models::StepStatus::Skipped)
                acts << Act::Reopen;
        }
        acts << (state().paused ? Act::Resume : Act::Pause);
    }
    if (selected >= 0 && !timeOfSelected().first.isNull())
        acts << Act::ShowLogs;
    acts << Act::CopyStatus << Act::ShowBoard << Act::Report;
    if (isRunUnderWay())
        acts << Act::HandOver << Act::CloseRun << Act::Abort;
    else if (state().givenAway && state().status != models::RunStatus::Closed)
        acts << Act::TakeBack;
    else if (m_isMisplaced && state().status != models::RunStatus::Closed)
        acts << Act::Abort;
    if (canRollBack())
        acts << Act::RollBack;
    return acts;
}

void RunPage::fillMenu() {
    m_menu.clear();
    QList<Act> acts = m_foot->action().others();
    const qsizetype ofStep = acts.size();
    for (const Act act : menuActs()) {
        if (!acts.contains(act))
            acts << act;
    }
    for (qsizetype i = 0; i < acts.size(); ++i) {
        if (i == ofStep && i > 0)
            m_menu.addSeparator();
        const Act act = acts[i];
        QAction* entry = m_menu.addAction(actText(act));
        connect(entry, &QAction::triggered, this, [this, act] { perform(act); });
    }
    if (acts.isEmpty())
        m_menu.addAction(tr("Nothing to choose before the run starts"))->setEnabled(false);
}

QList<PaletteEntry> RunPage::paletteEntries() const {
    QList<PaletteEntry> entries;
    if (!state().plan)
        return entries;
    // The palette outlives its entries' page for a moment when the page is closed.
    const QPointer<RunPage> page(const_cast<RunPage*>(this));
    const auto add = [&](const QString& title, const QString& hint, const QString& shortcut,
                         auto run) {
        entries.append({title, hint, shortcut, [page, run] {
                            if (page)
                                run(*page);
                        }});
    };
    const NextAction& action = m_foot->action();
    if (action.primary != Act::None)
        add(action.primaryText, shortened(action.sentence, 60), tr("Space"),
            [act = action.primary](RunPage& self) { self.perform(act); });
    QList<Act> acts = action.others();
    for (const Act act : menuActs()) {
        if (!acts.contains(act))
            acts << act;
    }
    for (const Act act : std::as_const(acts))
        add(actText(act), tr("Run"), {}, [act](RunPage& self) { self.perform(act); });
    add(tr("Go to next open step"), tr("Run"), tr("N"), [](RunPage& self) { self.goToNext(); });
    if (m_access != RunAccess::Preview)
        add(tr("Show timeline"), tr("Run"), tr("T"),
            [](RunPage& self) { self.showTimeline(true); });
    const auto& steps = state().plan->steps;
    const QString words = tr("Go to: %1"); // once: there may be thousands of steps
    entries.reserve(entries.size() + steps.size());
    for (int index = 0; index < int(steps.size()); ++index) {
        const int section = steps[index].section;
        add(words.arg(steps[index].step.title),
            section < 0 ? QString() : state().plan->sections[section].title, {},
            [index](RunPage& self) {
                self.selectStep(index);
                self.m_steps->setFocus();
            });
    }
    return entries;
}

} // namespace ui
