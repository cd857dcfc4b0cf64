// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/intent.h"

#include "app/run/intentparts.h"
#include "models/run/approvalrule.h"
#include "models/run/draft.h"
#include "models/run/givenvalues.h"
#include "models/run/observations.h"
#include "models/run/placeholder.h"
#include "models/run/resolve.h"

namespace app::intent {

using models::ErrorCode;
using models::EventDraft;
using models::failure;
using models::RunState;
using models::StepId;

int indexOf(const RunState& state, const StepId& step) {
    return state.plan->indexOf.value(step, -1);
}

QString closedReason(const RunState& state) {
    if (state.readOnly)
        return u"This run holds events of a newer version: it can be read only."_qs;
    return state.status == models::RunStatus::Closed ? u"The run is closed."_qs
                                                     : models::givenAwayReason(state);
}

Intent refuse(const StepId& step, const QString& reason) {
    return {step, [reason](const RunState&) -> Decision {
                return failure(ErrorCode::InvalidInput, reason);
            }};
}

Intent single(const StepId& step, models::StepIntent kind, const EventDraft& draft) {
    return {step, [step, kind, draft](const RunState& state) -> Decision {
                const QString reason = models::refusal(state, indexOf(state, step), kind);
                if (!reason.isEmpty())
                    return failure(ErrorCode::Refused, reason);
                return QList<EventDraft>{draft};
            }};
}

Intent setVariables(const QMap<QString, QString>& values) {
    return {{}, [values](const RunState& state) -> Decision {
                const QString closed = closedReason(state);
                if (!closed.isEmpty())
                    return failure(ErrorCode::Refused, closed);
                const auto kept = models::checkValues(*state.plan, values);
                if (!kept)
                    return tl::unexpected(kept.error());
                return QList<EventDraft>{models::draft::variablesSet(values)};
            }};
}

Intent setOwner(const StepId& step, const QString& owner) {
    return {step, [step, owner](const RunState& state) -> Decision {
                const QString closed = closedReason(state);
                if (!closed.isEmpty())
                    return failure(ErrorCode::Refused, closed);
                if (indexOf(state, step) < 0)
                    return failure(ErrorCode::NotFound, u"There is no such step in this run."_qs);
                return QList<EventDraft>{models::draft::ownerSet(step, owner.trimmed())};
            }};
}

Intent addNote(const StepId& step, const QString& text) {
    if (text.trimmed().isEmpty())
        return refuse(step, u"The note is empty."_qs);
    return {step, [step, text](const RunState& state) -> Decision {
                if (state.readOnly)
                    return failure(ErrorCode::Refused, closedReason(state));
                return QList<EventDraft>{models::draft::noteAdded(step, text)};
            }};
}

Intent pinEvidence(const StepId& step, const QString& remark,
                   const QList<models::PinnedLine>& lines) {
    if (const QString refusal = models::pinRefusal(lines); !refusal.isEmpty())
        return refuse(step, refusal);
    return {step, [step, remark, lines](const RunState& state) -> Decision {
                if (state.readOnly)
                    return failure(ErrorCode::Refused, closedReason(state));
                return QList<EventDraft>{models::draft::evidencePinned(step, remark, lines)};
            }};
}

Intent addCommand(const StepId& after, const QString& shell, const QString& script) {
    if (script.trimmed().isEmpty())
        return refuse(after, u"The command is empty."_qs);
    return {after, [after, shell, script](const RunState& state) -> Decision {
                const QString closed = closedReason(state);
                if (!closed.isEmpty())
                    return failure(ErrorCode::Refused, closed);
                if (state.paused)
                    return failure(ErrorCode::Refused, u"The run is paused. Resume it first."_qs);
                const StepId added(u"added-%1"_qs.arg(state.lastSeq + 1));
                const QString label = shell.isEmpty() ? u"bash"_qs : shell;
                models::Step step;
                step.id = added;
                step.kind = models::StepKind::Command;
                models::Command command;
                command.language = label;
                command.text = script;
                step.commands = {command};
                RunState extended = state;
                extended.plan = std::make_shared<const models::Plan>(
                    models::planWithStep(*state.plan, after, step));
                const QString noPlace = models::placeRefusal(*extended.plan, step);
                if (!noPlace.isEmpty())
                    return failure(ErrorCode::Refused, noPlace);
                const auto attempt = models::resolveAttempt(extended, indexOf(extended, added), {});
                if (!attempt)
                    return tl::unexpected(attempt.error());
                return QList<EventDraft>{models::draft::commandAdded(after, added, label, script),
                                         models::draft::stepStarted(added, *attempt)};
            }};
}

Intent setPaused(bool paused) {
    return {{}, [paused](const RunState& state) -> Decision {
                const QString closed = closedReason(state);
                if (!closed.isEmpty())
                    return failure(ErrorCode::Refused, closed);
                if (state.paused == paused)
                    return QList<EventDraft>{};
                return QList<EventDraft>{paused ? models::draft::runPaused()
                                                : models::draft::runResumed()};
            }};
}

Intent close(models::RunOutcome outcome, const QString& reason) {
    return {{}, [outcome, reason](const RunState& state) -> Decision {
                const QString refused = models::closingRefusal(state, outcome);
                if (!refused.isEmpty())
                    return failure(ErrorCode::Refused, refused);
                const bool good = outcome == models::RunOutcome::Succeeded ||
                                  outcome == models::RunOutcome::SucceededWithDeviations;
                if (good && reason.trimmed().isEmpty() && !models::isWatchSettled(state)) {
                    return failure(ErrorCode::Refused,
                                   u"Its watch did not end well. Say why it counts as good."_qs);
                }
                const bool isLost =
                    outcome == models::RunOutcome::Failed && state.plan->isRollback();
                const models::RunOutcome meant = good     ? models::goodOutcome(state)
                                                 : isLost ? models::RunOutcome::RollbackFailed
                                                          : outcome;
                return QList<EventDraft>{models::draft::runClosed(meant, reason)};
            }};
}

} // namespace app::intent
