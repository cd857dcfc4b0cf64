// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/golive/watchintent.h"

#include "models/run/draft.h"
#include "models/run/draftprogress.h"
#include "models/run/observations.h"

namespace app::intent {

using models::ErrorCode;
using models::EventDraft;
using models::failure;
using models::RunState;
using models::StepId;

namespace {

/// Follows from the state and what was observed.
Intent ofRun(std::function<QList<EventDraft>(const RunState&)> decide) {
    return {
        {},
        [decide = std::move(decide)](const RunState& state) -> Decision { return decide(state); },
        Intent::Origin::Run};
}

bool isUnderWay(const RunState& state) {
    return models::observations(state).watch;
}

} // namespace

Intent enterGate(const StepId& step, models::Instant now) {
    return ofRun([step, now](const RunState& state) -> QList<EventDraft> {
        const int gate = models::observations(state).gateToEnter;
        if (gate < 0 || state.plan->steps[gate].step.id != step)
            return {};
        const models::GateRule rule = models::gateRuleOf(*state.plan, state.plan->steps[gate].step);
        const std::chrono::nanoseconds time = rule.deadline;
        return {models::draft::gateEntered(step, rule, {now.nanoseconds + time.count()})};
    });
}

Intent observeGate(const StepId& step, const models::GateStanding& standing) {
    return ofRun([step, standing](const RunState& state) {
        return models::observations(state).gates.isEmpty()
                   ? QList<EventDraft>()
                   : models::gateDrafts(state, step, standing);
    });
}

Intent armTriggers() {
    return ofRun([](const RunState& state) {
        QList<EventDraft> drafts;
        if (!models::observations(state).armTriggers)
            return drafts;
        for (const models::Trigger& trigger : models::triggersOf(*state.plan))
            drafts.append(models::draft::triggerArmed(trigger.name));
        return drafts;
    });
}

Intent turnTrigger(const QString& trigger, bool holds, const QString& words) {
    return ofRun([=](const RunState& state) -> QList<EventDraft> {
        const auto standing = state.triggers.constFind(trigger);
        if (!models::observations(state).triggers || standing == state.triggers.cend() ||
            standing->holds == holds)
            return {};
        return {holds ? models::draft::triggerHeld(trigger, words)
                      : models::draft::triggerCleared(trigger, words)};
    });
}

Intent acknowledgeTrigger(const QString& trigger, const QString& reason) {
    return {{}, [trigger, reason](const RunState& state) -> Decision {
                const auto standing = state.triggers.constFind(trigger);
                if (!models::observations(state).triggers || standing == state.triggers.cend() ||
                    !standing->asks())
                    return failure(ErrorCode::Refused, u"This trigger asks for nothing now."_qs);
                if (reason.trimmed().isEmpty())
                    return failure(ErrorCode::InvalidInput,
                                   u"Acknowledging a trigger needs a reason."_qs);
                return QList<EventDraft>{
                    models::draft::triggerAcknowledged(trigger, reason.trimmed())};
            }};
}

Intent startWatch(models::Instant now) {
    return ofRun([now](const RunState& state) -> QList<EventDraft> {
        if (!models::observations(state).startWatch)
            return {};
        return {models::draft::watchStarted(models::watchRuleOf(*state.plan), now)};
    });
}

Intent observeWatch(const models::WatchSpan& span) {
    return ofRun([span](const RunState& state) -> QList<EventDraft> {
        if (!isUnderWay(state))
            return {};
        return {models::draft::watchObserved(span)};
    });
}

Intent finishWatch(models::Instant now) {
    return ofRun([now](const RunState& state) -> QList<EventDraft> {
        if (!isUnderWay(state) || now < state.watch->until)
            return {};
        const models::Finding finding = models::watchFinding(*state.watch);
        QList<EventDraft> drafts{models::draft::watchEnded(finding)};
        const models::RunOutcome outcome = models::goodOutcome(models::stateAfter(state, drafts));
        if (finding.verdict == models::Verdict::Pass && outcome != models::RunOutcome::None)
            drafts.append(models::draft::runClosed(outcome, finding.observed));
        return drafts;
    });
}

Intent endWatch(const QString& reason) {
    return {{}, [reason](const RunState& state) -> Decision {
                if (!isUnderWay(state))
                    return failure(ErrorCode::Refused, u"The run is not being watched."_qs);
                if (reason.trimmed().isEmpty())
                    return failure(ErrorCode::InvalidInput,
                                   u"Ending the watch before its time needs a reason."_qs);
                return QList<EventDraft>{models::draft::watchEnded(
                    models::watchFinding(*state.watch), reason.trimmed())};
            }};
}

} // namespace app::intent
