// SPDX-License-Identifier: GPL-3.0-or-later
// What the page says above its steps.
#include "app/host/hostservice.h"
#include "models/environment/meantenvironment.h"
#include "models/run/approvalrule.h"
#include "models/run/rollbackplan.h"
#include "ui/run/act.h"
#include "ui/run/listsheet.h"
#include "ui/run/lockbanner.h"
#include "ui/run/outputstore.h"
#include "ui/run/runpage.h"
#include "ui/run/triggerwords.h"
#include "ui/run/watcheddocument.h"
#include "ui/run/words.h"
#include "ui/widgets/actionbutton.h"
#include "ui/widgets/bannerwidget.h"
#include "ui/widgets/timeformat.h"
#include "ui/widgets/whenfinished.h"
#include "ui/widgets/wording.h"

#include <algorithm>
#include <utility>

namespace ui {

namespace {

BannerWidget::Level levelOf(models::Severity severity) {
    switch (severity) {
    case models::Severity::Error:
        break;
    case models::Severity::Warning:
        return BannerWidget::Level::Warning;
    case models::Severity::Hint:
        return BannerWidget::Level::Info;
    }
    return BannerWidget::Level::Error;
}

} // namespace

/// Why the run can only be read here; empty where it can be driven.
QString RunPage::readOnlyReason(const models::RunState& state, const QString& heldBy,
                                const QString& problem) {
    if (!problem.isEmpty())
        return tr("This run can only be read. %1").arg(problem);
    if (state.givenAway)
        return tr("%1 To drive it here, have it handed over to you, or choose “%2” in the menu of "
                  "the run.")
            .arg(models::givenAwayReason(state), actText(Act::TakeBack));
    if (!heldBy.isEmpty())
        return tr("This run is held by %1. It can be followed here, not driven.").arg(heldBy);
    return {};
}

/// Why a run that nobody else drives is read here alone, and what to do instead.
QString RunPage::misplacedReason(const models::RunState& state) const {
    const bool canGoBack = models::rollbackRefusal(state).isEmpty();
    return tr("This run %1 It can only be read here: start it anew in %2, and leave this one by "
              "“%3”.")
        .arg(models::misspeltRunWords(state.plan->context.environment, m_meant), m_meant,
             actText(canGoBack ? Act::RollBack : Act::Abort));
}

void RunPage::onIntentRefused(const models::RunId& run, const models::StepId& step,
                              const models::Error& error) {
    if (run != m_run)
        return;
    // Who holds the environment stands in a banner of its own.
    if (error.code == models::ErrorCode::Locked && !m_runs.lockObstacles(run).isEmpty()) {
        m_locks->remind(state());
        return;
    }
    showError(error);
    m_refused = step;
}

/// Once its step goes on, by whatever way, why it did not is no news any more.
void RunPage::forgetRefusal(const QList<models::Event>& events) {
    const auto isOfIt = [this](const models::Event& event) {
        return event.kind != models::EventKind::OutputRecorded &&
               (m_refused->isEmpty() ||
                event.payload.value(u"step").toString() == m_refused->text());
    };
    if (m_refused && std::any_of(events.cbegin(), events.cend(), isOfIt)) {
        m_refused.reset();
        m_banner->hide();
    }
}

/// From here on what another console does is shown as it does it; empty: none drives the run.
void RunPage::follow(const QString& heldBy) {
    m_heldBy = heldBy;
    m_outputs->setFollowed(!heldBy.isEmpty());
    if (heldBy.isEmpty())
        m_following.stop();
    else
        m_following.start();
}

/// Whether somebody else takes the run up is for a person to say: they may only have moved to
/// another window.
void RunPage::onCaughtUp(const models::RunId& run, const QString& heldBy) {
    if (run != m_run || !m_following.isActive())
        return;
    if (state().status == models::RunStatus::Closed) {
        m_following.stop();
        m_banner->hide();
        refresh();
        return;
    }
    if (std::exchange(m_heldBy, heldBy) == heldBy)
        return;
    m_banner->showMessage(BannerWidget::Level::Warning,
                          heldBy.isEmpty()
                              ? tr("No console drives this run any more. What runs of it goes on.")
                              : readOnlyReason(state(), heldBy, {}));
    if (!heldBy.isEmpty())
        return;
    connect(m_banner->addAction(tr("Drive run here")), &ActionButton::clicked, this, [this] {
        whenFinished(m_runs.open(m_run), this, [this](const models::Result<models::RunId>& opened) {
            if (!opened)
                showError(opened.error());
        });
    });
}

/// Who comes back to a document finds the run of it that still stands, rather than beginning
/// another.
void RunPage::lookForUnfinished() {
    whenFinished(m_runs.runs(), this, [this](const models::Result<QList<app::RunSummary>>& runs) {
        if (!runs || m_access != RunAccess::Preview || !state().plan)
            return;
        const models::PlanContext& context = state().plan->context;
        const auto isUnfinished = [&context](const app::RunSummary& run) {
            return run.status != models::RunStatus::Closed && run.givenTo.isEmpty() &&
                   run.rollbackOf.isEmpty() && run.workspaceId == context.workspaceId &&
                   run.runbookPath == context.runbookPath && run.environment == context.environment;
        };
        const auto found = std::find_if(runs->cbegin(), runs->cend(), isUnfinished);
        if (found == runs->cend())
            return;
        m_banner->showMessage(BannerWidget::Level::Warning,
                              tr("A run of this document in %1 is not closed: %2, since %3.")
                                  .arg(found->environment,
                                       progressWords(found->done, found->failed, found->total),
                                       formatDateTime(found->startedAt)));
        connect(m_banner->addAction(tr("Open run")), &ActionButton::clicked, this,
                [this, run = found->id] { Q_EMIT runRequested(run); });
    });
}

void RunPage::onDocumentChanged() {
    if (!state().plan)
        return;
    if (m_access == RunAccess::Preview)
        load(m_request);
    else
        m_document->compare(state().plan);
}

void RunPage::showDifference(const QString& name, bool isGone, const QList<DiffLine>& changes) {
    m_difference->showMessage(
        BannerWidget::Level::Info,
        isGone ? tr("%1 is gone from disk. This run keeps the version it started with.").arg(name)
               : tr("%1 changed on disk. This run keeps the version it started with.").arg(name));
    if (!isGone)
        connect(m_difference->addAction(tr("Show changes…")), &ActionButton::clicked, this,
                [this, name, changes] { ListSheet::showChanges(this, name, changes); });
}

/// A trigger that holds stands above everything until a person has said what is done about it.
void RunPage::settleTriggers() {
    const QString text = isRunUnderWay() ? askingWords(state()) : QString();
    m_triggers->setVisible(!text.isEmpty());
    if (text.isEmpty() || text == m_triggers->text())
        return;
    m_triggers->showMessage(levelOf(askingTriggers(state()).first().severity), text);
    connect(m_triggers->addAction(tr("Roll back…")), &ActionButton::clicked, this,
            [this] { perform(Act::RollBack); });
    connect(m_triggers->addAction(actText(Act::AcknowledgeTrigger)), &ActionButton::clicked, this,
            [this] { perform(Act::AcknowledgeTrigger); });
}

void RunPage::followHosts(app::HostService& hosts) {
    for (const app::HostLink& link : hosts.links())
        noteLink(link);
    connect(&hosts, &app::HostService::linkChanged, this, &RunPage::noteLink);
}

void RunPage::noteLink(const app::HostLink& link) {
    using State = app::HostLink::State;
    const bool isSilent = link.state == State::Silent || link.state == State::Waiting ||
                          link.state == State::Failed ||
                          (link.state == State::Connecting && link.failures > 0);
    if (isSilent == m_silent.contains(link.ssh))
        return;
    if (isSilent)
        m_silent.insert(link.ssh);
    else
        m_silent.remove(link.ssh);
    settleFoot();
}

/// By the names that the run has for them.
QStringList RunPage::silentHosts() const {
    QStringList names;
    for (const models::Host& host : state().plan->context.hosts) {
        if (m_silent.contains(host.ssh))
            names.append(host.name);
    }
    return names;
}

void RunPage::showError(const models::Error& error) {
    m_refused.reset();
    m_banner->showMessage(BannerWidget::Level::Error, error.message);
    m_banner->show();
    Q_EMIT statusMessage(error.message);
}

} // namespace ui
