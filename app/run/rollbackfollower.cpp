// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/rollbackfollower.h"

#include "app/run/engine.h"
#include "app/run/runrecord.h"
#include "app/run/whenfinished.h"
#include "models/run/rollbackplan.h"
#include "models/version/versionreading.h"

#include <QDebug>

#include <algorithm>

namespace app {

using models::RunId;

RollbackFollower::RollbackFollower(JournalStore& journal, Engine& engine)
    : QObject(&engine)
    , m_journal(journal)
    , m_engine(engine) {}

void RollbackFollower::follow(const RunId& run, const RunId& rollback) {
    if (m_followed.value(run) == rollback)
        return;
    m_followed.insert(run, rollback);
    whenFinished(m_journal.load(rollback, false), this,
                 [this, run, rollback](const models::Result<StoredRun>& stored) {
                     take(run, rollback, stored);
                 });
}

void RollbackFollower::take(const RunId& run, const RunId& rollback,
                            const models::Result<StoredRun>& stored) {
    if (!stored) {
        if (stored.error().code == models::ErrorCode::NotFound)
            make(run, rollback);
        else
            m_followed.remove(run); // asked for again with what happens next
        return;
    }
    models::RunState state;
    for (const models::Event& event : stored->events)
        state = models::apply(std::move(state), event);
    if (state.status == models::RunStatus::Closed)
        closeWith(run, state.outcome);
}

/// Of the run as it is: what was started is the same as when the rollback was recorded, and what
/// was decided stands there.
void RollbackFollower::make(const RunId& run, const RunId& rollback) {
    const RunSession* const session = m_engine.session(run);
    if (!session || !session->state().rollback) {
        m_followed.remove(run);
        return;
    }
    const models::RunState& state = session->state();
    const models::RollbackPlan back = models::rollbackPlan(state, state.rollback->decisions);
    m_engine.make(rollback, back.plan, state.variables,
                  [this, run](const models::Result<RunId>& made) {
                      if (made) {
                          Q_EMIT m_engine.rollbackMade(*made);
                          return;
                      }
                      m_followed.remove(run);
                      qWarning().noquote() << made.error().message;
                  });
}

void RollbackFollower::notice(const RunId& run, const QList<models::Event>& events) {
    for (const models::Event& event : events) {
        if (event.kind != models::EventKind::RunClosed)
            continue;
        const RunSession* const session = m_engine.session(run);
        if (session && session->state().plan->isRollback())
            closeWith(session->state().plan->context.rollbackOf, session->state().outcome);
    }
}

void RollbackFollower::closeWith(const RunId& run, models::RunOutcome outcome) {
    const bool isBack = outcome == models::RunOutcome::RolledBack;
    m_engine.submitAside(
        run, intent::closeWithRollback(isBack ? outcome : models::RunOutcome::RollbackFailed));
}

namespace {

/// A version without a service is that of all.
bool isOfOneService(const QString& one, const QString& other) {
    return one == other || one.isEmpty() || other.isEmpty();
}

/// The version of what was blocked that is to go there again; empty: none is.
QString versionAgain(const models::Target& target, const models::Target& blocked) {
    for (auto old = blocked.cbegin(); old != blocked.cend(); ++old) {
        for (auto one = target.cbegin(); one != target.cend(); ++one) {
            if (!one->isEmpty() && isOfOneService(one.key(), old.key()) &&
                models::compareVersions(*one, *old) == models::VersionMatch::Same)
                return *one;
        }
    }
    return {};
}

} // namespace

const RunSummary* blockingRun(const models::PlanContext& context, const QList<RunSummary>& runs) {
    const auto found = std::find_if(runs.cbegin(), runs.cend(), [&context](const RunSummary& run) {
        return !run.blockReason.isEmpty() && run.workspaceId == context.workspaceId &&
               run.environment == context.environment &&
               !versionAgain(context.target, run.target).isEmpty();
    });
    return found == runs.cend() ? nullptr : &*found;
}

models::Result<void> checkBlocks(const models::PlanContext& context,
                                 const models::Result<QList<RunSummary>>& runs) {
    if (!runs)
        return tl::unexpected(runs.error());
    const RunSummary* const run = blockingRun(context, *runs);
    if (run == nullptr)
        return {};
    return models::failure(
        models::ErrorCode::Refused,
        u"%1 is blocked in %2 since %3, by %4: %5. Lift the block in the run that began %6, with a "
        "reason, or choose another version."_qs.arg(
            versionAgain(context.target, run->target), context.environment,
            readableTime(run->blockedAt), run->blockedBy, run->blockReason,
            readableTime(run->startedAt)));
}

} // namespace app
