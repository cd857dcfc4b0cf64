// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/draftprogress.h"

#include "models/run/event.h"
#include "models/run/hosts.h"
#include "models/run/standing.h"

#include <QHash>

#include <optional>

namespace models {

namespace {

/// The status of the fact's step after it; nothing where that takes a fold to tell.
std::optional<StepStatus> statusAfter(const EventDraft& draft) {
    if (draft.kind == EventKind::StepFinished || draft.kind == EventKind::Cancelled)
        return stepStatusFromName(draft.payload.value(u"status").toString());
    if (draft.kind == EventKind::StepStarted || draft.kind == EventKind::Reattached)
        return StepStatus::Running;
    return std::nullopt;
}

/// The progress with these drafts folded into a copy: in time of the plan, at a person's pace.
Progress progressByFolding(const RunState& state, const QList<EventDraft>& drafts) {
    return progressOf(stateAfter(state, drafts), state.plan->mainLane());
}

} // namespace

RunState stateAfter(RunState state, const QList<EventDraft>& drafts) {
    for (const EventDraft& draft : drafts) {
        Event event;
        event.run = state.id;
        event.seq = state.lastSeq + 1;
        event.kind = draft.kind;
        event.payload = draft.payload;
        event.at = state.startedAt;
        state = apply(std::move(state), event);
    }
    return state;
}

Progress progressAfter(const RunState& state, const QList<EventDraft>& drafts) {
    const Plan& plan = *state.plan;
    Tally tally = state.standing.lanes[static_cast<int>(plan.mainLane())];
    QHash<StepId, StepStatus> decided;
    for (const EventDraft& draft : drafts) {
        if (draft.kind == EventKind::WaveEntered)
            continue; // comes with what counts
        const std::optional<StepStatus> after = statusAfter(draft);
        if (!after)
            return progressByFolding(state, drafts);
        const StepId id(draft.payload.value(u"step").toString());
        const PlanStep* step = plan.find(id);
        if (!step || !step->applicable || step->step.lane != plan.mainLane())
            continue;
        if (hasSeveralHosts(step->step))
            return progressByFolding(state, drafts); // one host alone does not tell
        count(tally, decided.value(id, state.step(id).status), -1);
        count(tally, *after, 1);
        decided.insert(id, *after);
    }
    return progressFrom(tally);
}

} // namespace models
