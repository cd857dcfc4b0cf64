// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with one step: started, judged, skipped, taken again.
#include "app/run/intentparts.h"
#include "app/run/stepneeds.h"
#include "models/run/draft.h"
#include "models/run/hosts.h"
#include "models/run/resolve.h"

#include <algorithm>
#include <initializer_list>

namespace app::intent {

using models::ErrorCode;
using models::EventDraft;
using models::failure;
using models::RunState;
using models::StepId;
using models::StepIntent;

namespace {

/// The same for every leaf below a step that has parts; at least one must allow it.
Intent forLeaves(const StepId& step, StepIntent kind,
                 const std::function<EventDraft(const StepId&)>& draft) {
    return {step, [step, kind, draft](const RunState& state) -> Decision {
                const int index = indexOf(state, step);
                if (index < 0 || state.plan->isLeaf(index))
                    return single(step, kind, draft(step)).decide(state);
                QList<EventDraft> drafts;
                QString reason = u"There is nothing to do in it."_qs;
                for (int i = index + 1; i < state.plan->steps[index].end; ++i) {
                    if (!state.plan->isLeaf(i) || !state.plan->steps[i].applicable)
                        continue;
                    const QString refused = models::refusal(state, i, kind);
                    if (refused.isEmpty())
                        drafts.append(draft(state.plan->steps[i].step.id));
                    else
                        reason = refused;
                }
                if (drafts.isEmpty())
                    return failure(ErrorCode::Refused, reason);
                return drafts;
            }};
}

/// One start for each host that starts now.
Decision attemptDrafts(const RunState& state, int index, const models::Selection& selection) {
    const StepId& step = state.plan->steps[index].step.id;
    const auto attempts = models::resolveAttempts(state, index, selection);
    if (!attempts)
        return tl::unexpected(attempts.error());
    QList<EventDraft> drafts;
    if (attempts->first().edited)
        drafts.append(models::draft::scriptEdited(step, attempts->first().script));
    for (const models::Attempt& attempt : *attempts)
        drafts.append(models::draft::stepStarted(step, attempt));
    return drafts;
}

/// What comes after a batch that has passed.
Decision furtherDrafts(const RunState& state, int index, models::Instant now) {
    const models::Step& step = state.plan->steps[index].step;
    const models::StepState& standing = state.step(step.id);
    const std::chrono::nanoseconds wait = models::waitBetweenBatches(step);
    if (wait.count() > 0 && standing.waitedAfter < standing.attempts.size()) {
        return QList<EventDraft>{
            models::draft::timerSet(step.id, {now.nanoseconds + wait.count()})};
    }
    return attemptDrafts(state, index, models::selectionOf(step, standing.attempts.last()));
}

/// One event about one of several hosts, where it stands as it has to; without a host, or where
/// there is only one, about the step itself.
Decision aboutHost(const RunState& state, const StepId& step, const QString& host, StepIntent kind,
                   std::initializer_list<models::StepStatus> suiting,
                   const std::function<EventDraft(const QString& host)>& draft) {
    const int index = indexOf(state, step);
    if (index < 0 || host.isEmpty() || !models::hasSeveralHosts(state.plan->steps[index].step))
        return single(step, kind, draft({})).decide(state);
    const QList<models::HostProgress> hosts = models::hostProgress(state, index);
    const auto found =
        std::find_if(hosts.cbegin(), hosts.cend(),
                     [&host](const models::HostProgress& one) { return one.host == host; });
    if (found == hosts.cend())
        return failure(ErrorCode::Refused, u"It does not run on %1."_qs.arg(host));
    if (std::find(suiting.begin(), suiting.end(), found->status) == suiting.end()) {
        return failure(ErrorCode::Refused,
                       u"On %1 it is %2."_qs.arg(host, models::stepStatusName(found->status)));
    }
    return single(step, kind, draft(host)).decide(state);
}

/// The start of one step, all questions answered.
Decision startDrafts(const RunState& state, int index, const StartOptions& options,
                     models::Instant now) {
    const models::Step& step = state.plan->steps[index].step;
    if (step.kind == models::StepKind::Wait && step.commands.isEmpty()) {
        const models::Instant until{
            now.nanoseconds +
            std::chrono::duration_cast<std::chrono::nanoseconds>(step.wait).count()};
        return QList<EventDraft>{models::draft::timerSet(step.id, until)};
    }
    return attemptDrafts(state, index, selectionFrom(options));
}

} // namespace

Intent startStep(const StepId& step, const StartOptions& options, models::Instant now) {
    return {step, [step, options, now](const RunState& state) -> Decision {
                const int index = indexOf(state, step);
                const QString reason = models::refusal(state, index, StepIntent::Start);
                if (!reason.isEmpty())
                    return failure(ErrorCode::Refused, reason);
                const StepNeeds needs = needsOf(state, index);
                if (!needs.secrets.isEmpty()) {
                    return failure(ErrorCode::Refused,
                                   u"It needs the secret %1."_qs.arg(needs.secrets.join(u", "_qs)));
                }
                if (!needs.confirmationText.isEmpty() && !options.confirmed) {
                    return failure(ErrorCode::Refused,
                                   u"It is destructive: confirm it by typing %1."_qs.arg(
                                       needs.confirmationText));
                }
                return startDrafts(state, index, options, now);
            }};
}

Intent continueStep(const StepId& step, models::Instant now) {
    const auto decide = [step, now](const RunState& state) -> Decision {
        const int index = indexOf(state, step);
        if (!closedReason(state).isEmpty() || state.paused || state.rollback ||
            !models::isBetweenBatches(state, index) ||
            state.step(step).status == models::StepStatus::Waiting)
            return QList<EventDraft>{};
        const Decision further = furtherDrafts(state, index, now);
        if (further)
            return further;
        const int last = state.step(step).attempts.last().number;
        return QList<EventDraft>{
            models::draft::cancelRequested(step, last, further.error().message)};
    };
    return {step, decide, Intent::Origin::Run};
}

Intent cancelStep(const StepId& step) {
    return {step, [step](const RunState& state) -> Decision {
                const QString reason =
                    models::refusal(state, indexOf(state, step), StepIntent::Cancel);
                if (!reason.isEmpty())
                    return failure(ErrorCode::Refused, reason);
                QList<EventDraft> drafts;
                const QList<models::Attempt>& attempts = state.step(step).attempts;
                for (const models::Attempt& attempt : attempts) {
                    if (models::isUnderWay(attempt))
                        drafts.append(models::draft::cancelRequested(step, attempt.number));
                }
                if (drafts.isEmpty())
                    drafts.append(models::draft::cancelRequested(step, attempts.last().number));
                return drafts;
            }};
}

Intent askAgain(const StepId& step, const QString& host) {
    return {step, [step, host](const RunState& state) -> Decision {
                const int index = indexOf(state, step);
                const QString reason = models::refusal(state, index, StepIntent::AskAgain);
                if (!reason.isEmpty())
                    return failure(ErrorCode::Refused, reason);
                QList<EventDraft> drafts;
                const QList<models::Attempt>& attempts = state.step(step).attempts;
                for (const int number : models::attemptsToAskAgain(state, index, host))
                    drafts.append(models::draft::askedAgain(step, attempts[number - 1]));
                if (drafts.isEmpty())
                    return failure(ErrorCode::Refused,
                                   u"There is nothing more to ask %1 about it."_qs.arg(host));
                return drafts;
            }};
}

Intent sendInput(const StepId& step, qint64 size, const QString& host) {
    return {step, [step, size, host](const RunState& state) -> Decision {
                const QString reason =
                    models::refusal(state, indexOf(state, step), StepIntent::Input);
                if (!reason.isEmpty())
                    return failure(ErrorCode::Refused, reason);
                QList<EventDraft> drafts;
                for (const models::Attempt& attempt : state.step(step).attempts) {
                    if (models::isUnderWay(attempt) && attempt.interactive &&
                        (host.isEmpty() || attempt.place == host))
                        drafts.append(models::draft::inputSent(step, attempt.number,
                                                               attempt.inputs + 1, size));
                }
                if (drafts.isEmpty()) {
                    return failure(ErrorCode::Refused,
                                   u"It takes no input: its annotation does not say "
                                   "\"interactive\"."_qs);
                }
                return drafts;
            }};
}

Intent confirmStep(const StepId& step, bool passed, const QString& remark, const QString& host) {
    return {step, [=](const RunState& state) -> Decision {
                const int index = indexOf(state, step);
                const bool isGate =
                    index >= 0 && state.plan->steps[index].step.kind == models::StepKind::Gate;
                return aboutHost(state, step, host, StepIntent::Confirm,
                                 {models::StepStatus::Waiting}, [&](const QString& which) {
                                     return isGate && passed
                                                ? models::draft::gatePassed(step, remark)
                                                : models::draft::stepConfirmed(step, passed, remark,
                                                                               which);
                                 });
            }};
}

Intent skipStep(const StepId& step, const QString& reason) {
    if (reason.trimmed().isEmpty())
        return refuse(step, u"Skipping a step needs a reason."_qs);
    return forLeaves(step, StepIntent::Skip, [reason](const StepId& leaf) {
        return models::draft::stepSkipped(leaf, reason);
    });
}

Intent markPassed(const StepId& step, const QString& evidence, const QString& host) {
    if (evidence.trimmed().isEmpty())
        return refuse(step, u"Marking a step as passed needs the evidence."_qs);
    return {step, [=](const RunState& state) -> Decision {
                using models::StepStatus;
                return aboutHost(state, step, host, StepIntent::MarkPassed,
                                 {StepStatus::Failed, StepStatus::Unknown, StepStatus::Waiting},
                                 [&](const QString& which) {
                                     return models::draft::stepMarkedPassed(step, evidence, which);
                                 });
            }};
}

Intent reopenStep(const StepId& step) {
    return forLeaves(step, StepIntent::Reopen,
                     [](const StepId& leaf) { return models::draft::stepReopened(leaf); });
}

} // namespace app::intent
