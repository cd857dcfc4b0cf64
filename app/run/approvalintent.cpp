// SPDX-License-Identifier: GPL-3.0-or-later
// What people say to a run: approvals, risks, who drives it.
#include "app/run/intentparts.h"
#include "models/run/approvalrule.h"
#include "models/run/draft.h"
#include "models/run/runfile.h"

#include <algorithm>

namespace app::intent {

using models::ErrorCode;
using models::EventDraft;
using models::failure;
using models::RunState;
using models::StepId;
using models::StepIntent;

namespace {

/// What is asked of a step that people decide: an approval, or the override of a gate.
QString refusalOf(const RunState& state, int index) {
    const bool asks = index >= 0 && models::isApproval(state.plan->steps[index].step);
    return models::refusal(state, index, asks ? StepIntent::Approve : StepIntent::Override);
}

models::Instant deadlineOf(const RunState& state, int index, models::Instant now) {
    const std::chrono::nanoseconds within =
        models::approvalTerms(*state.plan, state.plan->steps[index].step).within;
    return within.count() > 0 ? models::Instant{now.nanoseconds + within.count()}
                              : models::Instant{};
}

/// Why what was typed cannot be taken; empty: it can.
QString typedRefusal(const RunState& state, int index, bool approved, const QString& name,
                     models::Instant now) {
    const models::StepState& standing = state.step(state.plan->steps[index].step.id);
    if (models::isPastDeadline(standing.request, now))
        return u"The request expired. Ask again."_qs;
    const auto said =
        std::find_if(standing.says.cbegin(), standing.says.cend(), [&name](const models::Say& one) {
            return one.name.compare(name, Qt::CaseInsensitive) == 0;
        });
    if (said != standing.says.cend() && said->isGo == approved && said->counts)
        return approved ? u"%1 has approved already."_qs.arg(name)
                        : u"%1 has rejected it already."_qs.arg(name);
    if (approved && said != standing.says.cend() && said->verified)
        return u"%1 signed a no-go. Only a signed answer changes it."_qs.arg(said->name);
    return approved ? models::goRefusal(state, index, name, false) : QString();
}

/// Why this name, as it was typed, does not do for the second person in a protected environment:
/// whoever can sign does; empty: it does.
QString typedSecondRefusal(const RunState& state, int index, const QString& name) {
    const QString& environment = state.plan->context.environment;
    if (name.isEmpty())
        return u"%1 is protected: overriding a gate needs a second person."_qs.arg(environment);
    if (index >= 0 && !models::approversOf(state, index).isEmpty()) {
        if (!models::isApproval(state.plan->steps[index].step))
            return u"%1 is protected: the second person signs. Ask for it, and paste what they "
                   "signed."_qs.arg(environment);
        if (models::approvalImpossible(state, index).isEmpty())
            return u"It can be approved. Ask for that."_qs;
    }
    return models::drivesRun(state, name)
               ? u"%1 drives the run. The second person is another one."_qs.arg(name)
               : QString();
}

} // namespace

Intent overrideGate(const StepId& step, const QString& reason, const QString& second) {
    if (reason.trimmed().isEmpty())
        return refuse(step, u"Overriding a gate needs a reason."_qs);
    return {step, [step, reason, other = second.trimmed()](const RunState& state) -> Decision {
                const QString refused = state.plan->context.isProtected
                                            ? typedSecondRefusal(state, indexOf(state, step), other)
                                            : QString();
                if (!refused.isEmpty())
                    return failure(ErrorCode::Refused, refused);
                return single(step, StepIntent::Override,
                              models::draft::gateOverridden(step, reason, other))
                    .decide(state);
            }};
}

Intent requestApproval(const StepId& step, const QString& reason, models::Instant now) {
    return {step, [step, reason = reason.trimmed(), now](const RunState& state) -> Decision {
                const int index = indexOf(state, step);
                const QString refused = refusalOf(state, index);
                if (!refused.isEmpty())
                    return failure(ErrorCode::Refused, refused);
                if (reason.isEmpty() && !models::isApproval(state.plan->steps[index].step))
                    return failure(ErrorCode::InvalidInput,
                                   u"Overriding a gate needs a reason."_qs);
                return QList<EventDraft>{
                    models::draft::approvalRequested(step, deadlineOf(state, index, now), reason)};
            }};
}

Intent approve(const StepId& step, bool approved, const QString& typed, const QString& remark,
               models::Instant now) {
    return {
        step,
        [step, approved, name = typed.trimmed(), remark, now](const RunState& state) -> Decision {
            if (name.isEmpty())
                return failure(ErrorCode::InvalidInput,
                               u"An approval needs the name of who approves."_qs);
            const int index = indexOf(state, step);
            QString refused = models::refusal(state, index, StepIntent::Approve);
            if (refused.isEmpty())
                refused = typedRefusal(state, index, approved, name, now);
            if (!refused.isEmpty())
                return failure(ErrorCode::Refused, refused);
            QList<EventDraft> drafts;
            const qint64 request = state.step(step).request.seq;
            const models::Instant deadline = deadlineOf(state, index, now);
            if (request == 0 && !deadline.isNull())
                drafts.append(models::draft::approvalRequested(step, deadline));
            drafts.append(approved ? models::draft::approvalGiven(step, name, remark, request)
                                   : models::draft::approvalRejected(step, name, remark, request));
            return drafts;
        }};
}

Intent answer(const StepId& step, const models::VerifiedAnswer& answer, models::Instant now) {
    return {step, [step, answer, now](const RunState& state) -> Decision {
                const int index = indexOf(state, step);
                QString refused = refusalOf(state, index);
                if (refused.isEmpty())
                    refused = models::answerRefusal(state, index, answer, now);
                if (!refused.isEmpty())
                    return failure(ErrorCode::Refused, refused);
                const models::ApprovalRequest& request = state.step(step).request;
                return QList<EventDraft>{
                    models::isApproval(state.plan->steps[index].step)
                        ? models::draft::verifiedSay(step, answer, request.seq)
                        : models::draft::gateOverridden(step, request.reason, answer)};
            }};
}

Intent acknowledgeRisk(const QString& risk, const QString& remark) {
    return {{}, [risk, remark = remark.trimmed()](const RunState& state) -> Decision {
                if (state.readOnly || state.givenAway || state.status == models::RunStatus::Closed)
                    return failure(ErrorCode::Refused,
                                   u"This run can be read only: its risks stand as they are."_qs);
                if (!models::knownRisks(*state.plan).contains(risk))
                    return failure(ErrorCode::NotFound, u"There is no such risk in this run."_qs);
                const bool isTaken = std::any_of(
                    state.risksTaken.cbegin(), state.risksTaken.cend(),
                    [&risk](const models::RiskTaken& taken) { return taken.risk == risk; });
                return isTaken ? QList<EventDraft>()
                               : QList<EventDraft>{models::draft::riskAcknowledged(risk, remark)};
            }};
}

Intent handOver(const QString& to) {
    Intent intent{{}, [to = to.trimmed()](const RunState& state) -> Decision {
                      if (to.isEmpty())
                          return failure(ErrorCode::InvalidInput,
                                         u"Say whom the run is handed to."_qs);
                      if (state.givenAway)
                          return failure(ErrorCode::Refused, models::givenAwayReason(state));
                      const QString refused = models::handOverRefusal(state);
                      if (!refused.isEmpty())
                          return failure(ErrorCode::Refused, refused);
                      return QList<EventDraft>{models::draft::handedOver(to)};
                  }};
    intent.givesAway = true;
    return intent;
}

Intent takeOver(const QString& reason) {
    return {{}, [reason = reason.trimmed()](const RunState& state) -> Decision {
                const QString from = state.givenAway ? state.givenAway->by : state.startedBy;
                return QList<EventDraft>{models::draft::takenOver(from, reason)};
            }};
}

} // namespace app::intent
