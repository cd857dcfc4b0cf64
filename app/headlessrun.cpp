// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/headlessrun.h"

#include "app/commandlineoutput.h"
#include "app/rehearsal.h"
#include "app/run/whenfinished.h"
#include "app/unixsignals.h"
#include "models/run/approvalrule.h"
#include "models/run/event.h"
#include "models/run/observations.h"
#include "models/run/rollbackplan.h"
#include "models/run/standing.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace app {

using namespace std::chrono_literals;
using models::EventKind;

namespace {

/// For the run that was taken back, which another console may have.
constexpr std::chrono::seconds parentPatience{5};

/// Every step is done, and what was done is observed or about to be.
bool isObservationAhead(const models::RunState& state) {
    const models::Observations wanted = models::observations(state);
    const models::Tally& lane = state.standing.lanes[static_cast<int>(state.plan->mainLane())];
    const bool isBack = state.plan->isRollback() && lane.total > 0 && lane.done() == lane.total;
    return wanted.watch || wanted.startWatch || (isBack && !state.verification);
}

} // namespace

HeadlessRun::HeadlessRun(RunService& runs)
    : m_runs(runs)
    , m_progress(runs) {
    connect(&runs, &RunService::runOpened, this,
            [this](const models::RunId& run, const QList<models::Event>&, const QString& heldBy,
                   const QString& problem) { opened(run, heldBy, problem); });
    connect(&runs, &RunService::eventsAppended, this, &HeadlessRun::report);
    connect(&runs, &RunService::outputReceived, this,
            [this](const models::AttemptKey& attempt, int stream, const QByteArray& bytes) {
                if (attempt.run == m_run)
                    m_progress.reportOutput(attempt, stream, bytes);
            });
    connect(&runs, &RunService::runAllStopped, this,
            [this](const models::RunId& run, const models::StepId& step, const QString& reason) {
                if (run == m_run)
                    stopped(step, reason);
            });
    connect(
        &runs, &RunService::intentRefused, this,
        [this](const models::RunId& run, const models::StepId& step, const models::Error& error) {
            // A full disk is tried again and again: it is told once.
            if (step.isEmpty() && std::exchange(m_refusal, error.message) != error.message)
                printError(error.message);
            if (m_isTakingOver && run == m_run)
                leave(exitFellShort);
        });
    connect(&runs, &RunService::lockObstaclesChanged, this, [this](const models::RunId& run) {
        if (run == m_run)
            locksChanged();
    });
}

models::Result<RunSummary> HeadlessRun::unfinished(const models::RunId& run,
                                                   const models::Plan* plan) {
    const auto runs = m_runs.runs().result();
    if (!runs)
        return tl::unexpected(runs.error());
    const RunSummary* newest = nullptr;
    for (const RunSummary& summary : *runs) {
        const bool meant = run.isEmpty()
                               ? plan && summary.workspaceId == plan->context.workspaceId &&
                                     summary.runbookPath == plan->context.runbookPath &&
                                     summary.environment == plan->context.environment
                               : summary.id == run;
        if (meant && summary.status != models::RunStatus::Closed &&
            (!newest || newest->startedAt < summary.startedAt))
            newest = &summary;
    }
    if (newest)
        return *newest;
    return models::failure(
        models::ErrorCode::NotFound,
        run.isEmpty() ? u"There is no unfinished run of this runbook in this environment."_qs
                      : u"There is no unfinished run %1."_qs.arg(run.text()));
}

int HeadlessRun::start(const models::PlanPointer& plan, const QMap<QString, QString>& variables) {
    return turn(m_runs.start(plan, variables));
}

int HeadlessRun::resume(const models::RunId& run) {
    m_asked = run;
    return turn(m_runs.open(run));
}

int HeadlessRun::rollBack(const models::RunId& run, const RollbackWish& wish) {
    m_wish = wish;
    return resume(run);
}

int HeadlessRun::turn(const QFuture<models::Result<models::RunId>>& opening) {
    UnixSignals signals_;
    connect(&signals_, &UnixSignals::received, this, &HeadlessRun::interrupted);
    whenFinished(opening, this, [this](const models::Result<models::RunId>& run) {
        if (!run)
            leave(run.error().message == m_refusal ? exitStatusOf(run.error()) : fail(run.error()));
    });
    return QCoreApplication::exec();
}

void HeadlessRun::opened(const models::RunId& run, const QString& heldBy, const QString& problem) {
    const models::RunState* state = m_runs.state(run);
    if (!problem.isEmpty() || !state) {
        leave(fail({models::ErrorCode::Refused,
                    u"The run %1 can only be read. %2"_qs.arg(run.text(), problem),
                    {}}));
        return;
    }
    if (state->givenAway) {
        leave(
            fail({models::ErrorCode::Locked,
                  models::givenAwayReason(*state) +
                      u" gantry take-over FILE drives it here, once it was handed over to you."_qs,
                  {}}));
        return;
    }
    if (!heldBy.isEmpty()) {
        leave(fail({models::ErrorCode::Locked,
                    u"The run %1 is held by %2."_qs.arg(run.text(), heldBy),
                    {}}));
        return;
    }
    const bool isMine = m_asked.isEmpty() ? m_run.isEmpty() : run == m_asked;
    const bool takesBack = !m_run.isEmpty() && state->plan->context.rollbackOf == m_run;
    if (!isMine && !takesBack)
        return;
    m_run = run;
    m_plan = state->plan;
    m_progress.follow(run);
    print(u"run %1: %2%3 in %4"_qs.arg(
        run.text(), m_plan->isRollback() ? u"rollback of "_qs : QString(),
        m_plan->runbook.title.isEmpty() ? m_plan->context.runbookPath : m_plan->runbook.title,
        m_plan->context.environment));
    if (m_wish && !m_plan->isRollback())
        takeBack(*state);
    else if (isMine) // what was just made to take a run back begins by itself
        beginWhenFree();
}

/// Undoing waits for what it undoes.
void HeadlessRun::beginWhenFree() {
    const models::RunState* const of = m_runs.state(m_plan->context.rollbackOf);
    m_isWaiting = of != nullptr && models::stepsRunning(*of) > 0;
    if (!m_isWaiting)
        m_runs.runAll(m_run);
}

void HeadlessRun::takeBack(const models::RunState& state) {
    if (state.rollback && !m_wish->rehearse) {
        m_asked = state.rollback->run;
        whenFinished(m_runs.open(m_asked), this, [this](const models::Result<models::RunId>& run) {
            if (run)
                return;
            if (run.error().code == models::ErrorCode::NotFound)
                m_asked = m_run; // it is being made, and begins by itself
            else
                leave(fail(run.error()));
        });
        return;
    }
    const QString refused = models::rollbackRefusal(state);
    const models::Result<models::RollbackDecisions> decisions =
        refused.isEmpty() ? decisionsFor(state)
                          : models::Result<models::RollbackDecisions>(
                                models::failure(models::ErrorCode::Refused, refused));
    if (!decisions) {
        leave(fail(decisions.error()));
        return;
    }
    const models::RollbackPlan plan = models::rollbackPlan(state, *decisions);
    const bool isWhole = printRollback(plan);
    for (const models::RollbackItem& item : plan.items) {
        if (item.need == models::Need::Asked)
            printError(u"Say with --needed or --not-needed whether “%1” is needed. %2"_qs.arg(
                item.title, item.because));
    }
    if (m_wish->rehearse || !plan.isDecided()) {
        leave(isWhole && plan.isDecided() ? exitGood : exitFellShort);
        return;
    }
    const models::PlanContext& context = state.plan->context;
    if ((context.isProtected || plan.isDestructive()) && m_wish->typed != context.environment) {
        leave(unusable(
            context.isProtected
                ? u"%1 is protected. To roll back there: --yes %1"_qs.arg(context.environment)
                : u"Some of these steps destroy things for good. To confirm them all: --yes "
                  "%1"_qs.arg(context.environment)));
        return;
    }
    m_runs.startRollback(m_run, m_wish->reason, plan.decisions());
}

/// A step is named by its title or its id; what is named is to be one that can be decided.
models::Result<models::RollbackDecisions>
HeadlessRun::decisionsFor(const models::RunState& state) const {
    models::RollbackDecisions decisions;
    const models::RollbackPlan plan = models::rollbackPlan(state);
    for (const bool isNeeded : {true, false}) {
        for (const QString& name : isNeeded ? m_wish->needed : m_wish->notNeeded) {
            const auto named = std::find_if(
                plan.items.cbegin(), plan.items.cend(), [&name](const models::RollbackItem& item) {
                    return item.isConditional && (item.title == name || item.source.text() == name);
                });
            if (named == plan.items.cend())
                return models::failure(models::ErrorCode::InvalidInput,
                                       u"Nothing is to be decided of “%1”."_qs.arg(name));
            decisions.insert(named->source, isNeeded);
        }
    }
    return decisions;
}

void HeadlessRun::report(const models::RunId& run, const QList<models::Event>& events) {
    const models::RunState* const state = m_runs.state(run);
    const bool isClosed =
        std::any_of(events.cbegin(), events.cend(),
                    [](const models::Event& event) { return event.kind == EventKind::RunClosed; });
    // The run that was taken back closes with the one that did it.
    if (m_plan && run == m_plan->context.rollbackOf) {
        if (isClosed)
            leave(m_status);
        else if (m_isWaiting)
            beginWhenFree();
    }
    if (run != m_run || state == nullptr)
        return;
    m_refusal.clear();
    m_progress.report(events);
    if (isClosed) {
        closed(*state);
        return;
    }
    for (const models::Event& event : events) {
        if (event.kind == EventKind::WatchEnded && state->watch &&
            state->watch->result != models::Verdict::Pass)
            stopped({}, u"The watch did not end well: %1"_qs.arg(state->watch->words));
        else if (event.kind == EventKind::RollbackVerified && state->verification &&
                 state->verification->verdict != models::Verdict::Pass)
            stopped({}, state->verification->reason);
    }
}

void HeadlessRun::closed(const models::RunState& state) {
    using models::RunOutcome;
    print(u"run %1: %2"_qs.arg(m_run.text(), models::runOutcomeName(state.outcome)));
    const bool isGood = m_wish ? state.outcome == RunOutcome::RolledBack
                               : state.outcome == RunOutcome::Succeeded ||
                                     state.outcome == RunOutcome::SucceededWithDeviations;
    m_status = isGood ? exitGood : exitFellShort;
    if (m_plan->isRollback())
        QTimer::singleShot(parentPatience, this, [this] { leave(m_status); });
    else
        leave(m_status);
}

/// True where it is on the way. What a person said beforehand counts once: what comes between later
/// is another matter.
bool HeadlessRun::takeOverLocks() {
    const QList<models::LockObstacle> obstacles = m_runs.lockObstacles(m_run);
    const bool isOthers =
        std::any_of(obstacles.cbegin(), obstacles.cend(), [](const models::LockObstacle& obstacle) {
            return obstacle.kind != models::LockObstacle::Kind::Unsure;
        });
    const QString reason = obstacles.isEmpty() ? QString() : std::exchange(m_override, {});
    if (reason.isEmpty() || (isOthers && m_plan->context.isProtected))
        return false;
    m_isTakingOver = true;
    printError(u"Goes on all the same: %1"_qs.arg(
        models::obstaclesText(m_plan->context.environment, obstacles)));
    m_runs.takeOverLocks(m_run, obstacles, reason);
    return true;
}

void HeadlessRun::locksChanged() {
    if (!m_isTakingOver)
        return;
    m_isTakingOver = false;
    const QList<models::LockObstacle> obstacles = m_runs.lockObstacles(m_run);
    if (obstacles.isEmpty())
        m_runs.runAll(m_run);
    else
        leave(fail({models::ErrorCode::Locked,
                    models::obstaclesText(m_plan->context.environment, obstacles),
                    {}}));
}

void HeadlessRun::stopped(const models::StepId& step, const QString& reason) {
    const models::RunState* state = m_runs.state(m_run);
    if (takeOverLocks())
        return;
    if (step.isEmpty() && state && isObservationAhead(*state))
        return; // its end is the run's
    // Whether a rollback led back is not for this to say.
    if (step.isEmpty() && state && !state->plan->isRollback() && models::isWatchSettled(*state) &&
        models::goodOutcome(*state) != models::RunOutcome::None) {
        m_runs.close(m_run, models::RunOutcome::Succeeded, u"Every step is done."_qs);
        return;
    }
    const models::PlanStep* at = m_plan ? m_plan->find(step) : nullptr;
    if (step.isEmpty() && state && state->verification)
        printError(
            state->verification->verdict == models::Verdict::Fail
                ? u"It did not lead back: %1"_qs.arg(state->verification->reason)
                : u"Whether it led back is not known: %1 Look yourself, and close the run in "
                  "the window."_qs.arg(state->verification->reason));
    else
        printError(
            at ? u"Stopped at “%1” (line %2): %3"_qs.arg(
                     at->step.title, QString::number(at->step.range.first), reason)
               : u"Stopped: %1"_qs.arg(reason.isEmpty() ? u"There is nothing to run."_qs : reason));
    printError(resumeHint());
    leave(exitFellShort);
}

void HeadlessRun::interrupted() {
    const bool running = m_runs.attemptsUnderWay() > 0;
    printError(running
                   ? u"Interrupted. The command goes on at its place, and the run stays open."_qs
                   : u"Interrupted. The run stays open."_qs);
    printError(resumeHint());
    leave(exitFellShort);
}

QString HeadlessRun::resumeHint() const {
    if (m_run.isEmpty())
        return {};
    if (m_plan && m_plan->isRollback())
        return u"To go on: gantry rollback %1"_qs.arg(m_plan->context.rollbackOf.text());
    return u"To go on: gantry run --unattended --resume %1"_qs.arg(m_run.text());
}

void HeadlessRun::leave(int status) {
    if (m_left)
        return;
    m_left = true;
    const auto exit = [status] { QCoreApplication::exit(status); };
    // A keychain that waits for its owner to unlock it does not hold the command up for long.
    QTimer::singleShot(2s, qApp, exit);
    if (m_run.isEmpty())
        QMetaObject::invokeMethod(qApp, exit, Qt::QueuedConnection);
    else
        whenFinished(m_runs.release(m_run), qApp, [exit](const models::Result<void>&) { exit(); });
}

} // namespace app
