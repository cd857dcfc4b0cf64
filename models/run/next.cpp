// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/next.h"

#include "models/run/hosts.h"
#include "models/run/lock.h"

#include <algorithm>

namespace models {
namespace {

void appendAttempts(QList<Effect>& effects, const RunState& state, const StepState& step,
                    const StepId& id) {
    for (const Attempt& attempt : step.attempts) {
        if (!isUnderWay(attempt))
            continue;
        const AttemptKey key{state.id, id, attempt.number};
        effects.append(RunAttempt{key});
        if (attempt.cancelRequested)
            effects.append(CancelAttempt{key});
    }
}

} // namespace

QList<Effect> next(const RunState& state) {
    if (!state.plan || state.readOnly || state.givenAway)
        return {};
    if (state.status == RunStatus::Closed) {
        if (const QStringList left = locksLeft(state); !left.isEmpty())
            return {CleanUp{}, ReleaseLocks{left}};
        return {CleanUp{}};
    }
    QList<int> active(state.standing.active.cbegin(), state.standing.active.cend());
    std::sort(active.begin(), active.end());
    QList<Effect> effects;
    for (const int index : active) {
        const StepId& id = state.plan->steps[index].step.id;
        const StepState& step = state.step(id);
        if (step.status == StepStatus::Waiting) {
            effects.append(ArmTimer{id, step.waitUntil});
            continue;
        }
        appendAttempts(effects, state, step, id);
        if (!state.paused && !state.rollback && isBetweenBatches(state, index))
            effects.append(ContinueStep{id});
    }
    if (state.rollback)
        effects.append(FollowRollback{state.rollback->run});
    return effects;
}

} // namespace models
