// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/rollbackfollower.h"

#include "app/run/engine.h"
#include "app/run/runrecord.h"
#include "app/run/whenfinished.h"
#include "models/run/rollbackplan.h"

#include <QDebug>

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

models::Result<void> checkBlocks(const models::PlanContext& context,
                                 const models::Result<QList<RunSummary>>& runs) {
    if (!runs)
        return tl::unexpected(runs.error());
    for (const RunSummary& summary : *runs) {
        if (summary.blockReason.isEmpty() || summary.workspaceId != context.workspaceId ||
            summary.environment != context.environment)
            continue;
        for (auto it = summary.target.cbegin(); it != summary.target.cend(); ++it) {
            if (context.target.value(it.key()) != it.value())
                continue;
            return models::failure(models::ErrorCode::Refused,
                                   u"%1 is blocked in %2: %3. Lift the block in the run that began "
                                   u"%4, with a reason, or "
                                   "choose another version."_qs.arg(
                                       it.value(), context.environment, summary.blockReason,
                                       readableTime(summary.startedAt)));
        }
    }
    return {};
}

} // namespace app
