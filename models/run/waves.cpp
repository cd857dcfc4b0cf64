// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/waves.h"

#include "models/run/standing.h"

namespace models {
namespace {

bool holds(const Step& step) {
    return step.kind == StepKind::Gate || step.kind == StepKind::Wait ||
           step.kind == StepKind::Approval;
}

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
        if (open >= 0 && !isBlocked && holds(state.plan->steps[open].step))
            wave.heldBy = open;
        isBlocked = isBlocked || open >= 0;
        waves.append(std::move(wave));
    }
    return waves;
}

} // namespace models
