// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/waves.h"

#include "models/run/draft.h"
#include "models/run/draftprogress.h"
#include "models/run/standing.h"

#include <algorithm>

namespace models {
namespace {

/// The first leaf of the wave that is not done; -1 where all are.
int openStep(const RunState& state, int wave) {
    const Plan& plan = *state.plan;
    for (int index = plan.waves[wave].first; index < plan.steps.size(); ++index) {
        const Tally& tally = state.standing.steps[index];
        if (plan.isLeaf(index) && plan.steps[index].waveIndex == wave && tally.done() < tally.total)
            return index;
    }
    return -1;
}

} // namespace

QList<WaveProgress> wavesOf(const RunState& state) {
    QList<WaveProgress> waves;
    bool isBlocked = false;
    for (int index = 0; index < state.plan->waves.size(); ++index) {
        const Tally& tally = state.standing.waves[index];
        WaveProgress wave;
        wave.name = state.plan->waves[index].name;
        wave.first = state.plan->waves[index].first;
        wave.progress = progressFrom(tally);
        wave.status = statusOf(tally);
        if (isBlocked && wave.status == StepStatus::Pending)
            wave.status = StepStatus::Blocked;
        const int open = openStep(state, index);
        if (open >= 0 && !isBlocked && holdsWave(state.plan->steps[open].step))
            wave.heldBy = open;
        isBlocked = isBlocked || open >= 0;
        waves.append(std::move(wave));
    }
    return waves;
}

bool holdsWave(const Step& step) {
    return step.kind == StepKind::Gate || step.kind == StepKind::Wait ||
           step.kind == StepKind::Approval;
}

QList<EventDraft> withWavesEntered(const RunState& state, const QList<EventDraft>& drafts) {
    const auto mayEnter = [&state](const EventDraft& draft) {
        const PlanStep* const step =
            state.plan->find(StepId(draft.payload.value(u"step").toString()));
        return step && step->waveIndex >= 0 && !state.wavesEntered.contains(step->waveIndex);
    };
    if (std::none_of(drafts.cbegin(), drafts.cend(), mayEnter))
        return drafts;
    RunState standing = state;
    QList<EventDraft> all;
    for (const EventDraft& draft : drafts) {
        const QList<int> before = standing.wavesEntered.keys();
        standing = stateAfter(std::move(standing), {draft});
        for (const int wave : standing.wavesEntered.keys()) {
            if (!before.contains(wave))
                all.append(draft::waveEntered(StepId(draft.payload.value(u"step").toString()),
                                              state.plan->waves[wave].name));
        }
        all.append(draft);
    }
    return all;
}

} // namespace models
