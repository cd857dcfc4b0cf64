// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a run on its way back.
#include "app/run/intent.h"
#include "models/run/draft.h"
#include "models/run/permission.h"
#include "models/run/rollbackplan.h"

namespace app::intent {

using models::ErrorCode;
using models::EventDraft;
using models::failure;
using models::RunState;

namespace {

/// One draft for each attempt under way.
QList<EventDraft>
forRunning(const RunState& state,
           const std::function<EventDraft(const models::StepId&, const models::Attempt&)>& draft) {
    QList<EventDraft> drafts;
    for (auto step = state.steps.cbegin(); step != state.steps.cend(); ++step) {
        for (const models::Attempt& attempt : step->attempts) {
            if (models::isUnderWay(attempt))
                drafts.append(draft(step.key(), attempt));
        }
    }
    return drafts;
}

} // namespace

Intent startRollback(const models::RunId& rollback, const QString& reason,
                     const models::RollbackDecisions& decisions) {
    return {{}, [=](const RunState& state) -> Decision {
                const QString refused = models::rollbackRefusal(state);
                if (!refused.isEmpty())
                    return failure(ErrorCode::Refused, refused);
                if (reason.trimmed().isEmpty())
                    return failure(ErrorCode::InvalidInput, u"A rollback needs a reason."_qs);
                const models::RollbackPlan plan = models::rollbackPlan(state, decisions);
                for (const models::RollbackItem& item : plan.items) {
                    if (item.need == models::Need::Asked)
                        return failure(ErrorCode::Refused,
                                       u"Say first whether “%1” is needed. %2"_qs.arg(
                                           item.title, item.because));
                }
                QList<EventDraft> drafts =
                    forRunning(state, [](const auto& step, const models::Attempt& attempt) {
                        return models::draft::cancelRequested(step, attempt.number,
                                                              u"The run is rolled back."_qs);
                    });
                drafts.append(
                    models::draft::rollbackStarted(rollback, reason.trimmed(), plan.decisions()));
                if (!state.plan->context.target.isEmpty())
                    drafts.append(models::draft::releaseBlocked(reason.trimmed()));
                return drafts;
            }};
}

Intent closeWithRollback(models::RunOutcome outcome) {
    return {{},
            [outcome](const RunState& state) -> Decision {
                if (state.status == models::RunStatus::Closed || !state.rollback)
                    return QList<EventDraft>{};
                QList<EventDraft> drafts =
                    forRunning(state, [](const auto& step, const models::Attempt& attempt) {
                        return models::draft::outcomeUnknown(
                            step, attempt.number,
                            u"The run was rolled back before this command was known to have "
                            "ended."_qs,
                            {});
                    });
                drafts.append(models::draft::runClosed(outcome, state.rollback->reason));
                return drafts;
            },
            Intent::Origin::Run};
}

Intent verifyRollback(models::Verdict verdict, const QString& reason,
                      const QList<models::RollbackObservation>& observations) {
    return {{}, [=](const RunState& state) -> Decision {
                if (state.readOnly || state.status == models::RunStatus::Closed)
                    return failure(ErrorCode::Refused, u"The run is closed."_qs);
                if (!state.plan->isRollback())
                    return failure(ErrorCode::Refused, u"This run is no rollback."_qs);
                return QList<EventDraft>{
                    models::draft::rollbackVerified(verdict, reason, observations)};
            }};
}

Intent unblockRelease(const QString& reason) {
    return {{}, [reason](const RunState& state) -> Decision {
                if (reason.trimmed().isEmpty())
                    return failure(ErrorCode::InvalidInput, u"Lifting a block needs a reason."_qs);
                if (state.status != models::RunStatus::Closed)
                    return failure(
                        ErrorCode::Refused,
                        u"The rollback is not over yet. The block can be lifted then."_qs);
                if (state.readOnly || !state.releaseBlock)
                    return failure(ErrorCode::Refused, u"Nothing is blocked by this run."_qs);
                return QList<EventDraft>{models::draft::releaseUnblocked(reason.trimmed())};
            }};
}

} // namespace app::intent
