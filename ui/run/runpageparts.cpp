// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is made of, and how its parts speak to it.
#include "ui/run/runpage.h"

#include "ui/run/act.h"
#include "ui/run/leftruns.h"
#include "ui/run/listsheet.h"
#include "ui/run/lockbanner.h"
#include "ui/run/runbody.h"
#include "ui/run/rundriver.h"
#include "ui/run/runfoot.h"
#include "ui/run/runheader.h"
#include "ui/run/sectionlist.h"
#include "ui/run/stepdetailpane.h"
#include "ui/run/stepview.h"
#include "ui/run/timelinefeed.h"
#include "ui/run/timelineview.h"
#include "ui/run/watcheddocument.h"
#include "ui/run/wavestrip.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/firstfocus.h"

#include <QStackedLayout>
#include <QVBoxLayout>

#include <chrono>

namespace ui {

namespace {
constexpr std::chrono::seconds followEvery{2};
} // namespace

void RunPage::build() {
    m_header = new RunHeader;
    m_waves = new WaveStrip;
    m_banner = new BannerWidget;
    m_banner->setObjectName(QStringLiteral("messageBanner"));
    m_banner->hide();
    m_difference = new BannerWidget;
    m_difference->setObjectName(QStringLiteral("differenceBanner"));
    m_triggers = new BannerWidget;
    m_triggers->setObjectName(QStringLiteral("triggerBanner"));
    m_triggers->hide();
    m_locks = new LockBanner(m_runs, *this);
    m_locks->hide();
    m_sections = new SectionList(*m_sectionModel);
    m_steps = new StepView;
    m_steps->setModel(&m_filter);
    m_noMatch = new EmptyState(QStringLiteral("view-filter"), tr("No step matches this filter."),
                               tr("Clear filter"));
    auto* middle = new QWidget;
    middle->setMinimumWidth(320);
    m_stack = new QStackedLayout(middle);
    m_stack->addWidget(m_steps);
    m_stack->addWidget(m_noMatch);
    m_timeline = new TimelineView;
    m_timelineFeed = new TimelineFeed(m_runs, *m_timeline, this);
    m_stack->addWidget(m_timeline);
    m_detail = new StepDetailPane(*m_outputs);
    m_body = new RunBody(m_sections, middle, m_detail);
    m_foot = new RunFoot;
    m_foot->setMenu(&m_menu);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_waves);
    column->addWidget(m_banner);
    column->addWidget(m_difference);
    column->addWidget(m_triggers);
    column->addWidget(m_locks);
    column->addWidget(m_body, 1);
    column->addWidget(m_foot);
    new FirstFocus(this, m_steps);
}

void RunPage::connectParts() {
    connectRun();
    connectHead();
    connectSteps();
    connectAnswers();
}

void RunPage::connectRun() {
    connect(&m_runs, &app::RunService::runOpened, this, &RunPage::onRunOpened);
    connect(&m_runs, &app::RunService::eventsAppended, this, &RunPage::onEventsAppended);
    connect(&m_runs, &app::RunService::intentRefused, this, &RunPage::onIntentRefused);
    connect(&m_runs, &app::RunService::caughtUp, this, &RunPage::onCaughtUp);
    m_following.setInterval(followEvery);
    connect(&m_following, &QTimer::timeout, this, [this] {
        if (isVisible())
            m_runs.catchUp(m_run);
    });
    connect(&m_runs, &app::RunService::runAllStopped, this, &RunPage::onRunAllStopped);
    connect(m_left, &LeftRuns::changed, this, &RunPage::leftRunsChanged);
    connect(m_document, &WatchedDocument::changed, this, &RunPage::onDocumentChanged);
    connect(m_document, &WatchedDocument::differs, this, &RunPage::showDifference);
    connect(m_document, &WatchedDocument::agrees, m_difference, &QWidget::hide);
    connect(m_driver, &RunDriver::statusMessage, this, &RunPage::statusMessage);
    connect(m_driver, &RunDriver::refused, this, [this](const models::Error& error) {
        onIntentRefused(m_run, models::StepId(), error);
    });
    connect(&m_runs, &app::RunService::lockObstaclesChanged, this,
            [this](const models::RunId& run) {
                if (run == m_run)
                    refresh();
            });
}

void RunPage::connectHead() {
    connect(m_header, &RunHeader::textChanged, this, [this](const QString& text) {
        m_filter.setText(text);
        refresh();
    });
    connect(m_header, &RunHeader::filterChanged, this, [this](models::RunFilter filter) {
        m_filter.setFilter(filter);
        refresh();
    });
    connect(m_waves, &WaveStrip::stepRequested, this, [this](int planIndex) {
        showTimeline(false);
        selectStep(planIndex);
        m_steps->setFocus();
    });
    connect(m_header, &RunHeader::listRequested, m_steps, [this] { m_steps->setFocus(); });
    connect(m_header, &RunHeader::timelineToggled, this, &RunPage::showTimeline);
    connect(m_timeline, &TimelineView::leaveRequested, this, [this] { showTimeline(false); });
    connect(m_timeline, &TimelineView::logsRequested, this, &RunPage::logsRequested);
    connect(m_timeline, &TimelineView::stepRequested, this, [this](const models::StepId& step) {
        showTimeline(false);
        selectStep(state().plan->indexOf.value(step, -1));
        m_steps->setFocus();
    });
    connect(m_header, &RunHeader::detailsRequested, m_body, &RunBody::openDrawer);
    connect(m_header, &RunHeader::remarksRequested, this, [this] {
        const models::Plan& plan = *state().plan;
        ListSheet::showRemarks(this, plan.context.runbookPath,
                               plan.runbook.diagnostics + plan.diagnostics);
    });
}

void RunPage::connectSteps() {
    connect(m_steps, &StepView::currentRowChanged, this, &RunPage::refresh);
    connect(m_steps, &StepView::clicked, m_body, &RunBody::openDrawer);
    connect(m_steps, &StepView::primaryRequested, this,
            [this] { perform(m_foot->action().primary); });
    connect(m_foot, &RunFoot::actRequested, this, &RunPage::perform);
    connect(m_foot, &RunFoot::listRequested, m_steps, [this] { m_steps->setFocus(); });
    connect(m_sections, &SectionList::sectionActivated, this, &RunPage::goTo);
    connect(m_body, &RunBody::narrowChanged, this,
            [this] { m_header->setDetailsButtonVisible(m_body->isNarrow()); });
    connect(m_body, &RunBody::detailShownChanged, this, &RunPage::settleFoot);
    connect(m_detail, &StepDetailPane::filledInChanged, this, &RunPage::settleFoot);
    connect(m_noMatch, &EmptyState::actionTriggered, m_header, &RunHeader::clearFilter);
    connect(m_banner, &BannerWidget::dismissed, m_banner, &QWidget::hide);
    connect(m_triggers, &BannerWidget::dismissed, this,
            [this] { perform(Act::AcknowledgeTrigger); });
    connect(&m_menu, &QMenu::aboutToShow, this, &RunPage::fillMenu);
    connect(m_detail, &StepDetailPane::actRequested, this, &RunPage::perform);
    connect(m_detail, &StepDetailPane::statusMessage, this, &RunPage::statusMessage);
    connect(m_detail, &StepDetailPane::logsRequested, this, &RunPage::logsRequested);
}

/// What a person gives to the step that the foot speaks of.
void RunPage::connectAnswers() {
    const auto step = [this] { return state().plan->steps[m_foot->action().step].step.id; };
    connect(m_detail, &StepDetailPane::valuesGiven, this,
            [this](const QMap<QString, QString>& plain, const QMap<QString, QString>& secrets) {
                if (!plain.isEmpty())
                    m_runs.setVariables(m_run, plain);
                if (!secrets.isEmpty())
                    m_runs.giveSecrets(m_run, secrets);
                m_steps->setFocus();
            });
    connect(m_detail, &StepDetailPane::startRequested, this,
            [this, step](const app::StartOptions& options) {
                m_runs.startStep(m_run, step(), options);
                m_steps->setFocus();
            });
    connect(m_detail, &StepDetailPane::approvalGiven, this,
            [this, step](bool approved, const QString& name, const QString& remark) {
                m_runs.approve(m_run, step(), approved, name, remark);
            });
    connect(m_detail, &StepDetailPane::answerPasted, this, [this, step](const QString& text) {
        m_runs.answerSigned(m_run, step(), text);
        m_steps->setFocus(); // the card is about to be another one
    });
    connect(m_detail, &StepDetailPane::signRequested, this, [this](bool isGo) {
        m_steps->setFocus();
        m_driver->askSign(state(), m_foot->action().step, isGo);
    });
    connect(m_detail, &StepDetailPane::inputGiven, this,
            [this, step](const QByteArray& bytes, const QString& host) {
                m_runs.sendInput(m_run, step(), bytes, host);
            });
    connect(m_detail, &StepDetailPane::hostActRequested, this,
            [this](Act act, const QString& host) {
                m_driver->performOnHost(act, state(), selectedStep(), host);
            });
}

} // namespace ui
