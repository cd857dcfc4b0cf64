// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/next.h"

#include <algorithm>

namespace models {

QList<Effect> next(const RunState& state) {
    if (!state.plan || state.readOnly)
        return {};
    if (state.status == RunStatus::Closed)
        return {CleanUp{}};
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
        if (step.attempts.isEmpty())
            continue;
        const Attempt& attempt = step.attempts.last();
        const AttemptKey key{state.id, id, attempt.number};
        effects.append(RunAttempt{key});
        if (attempt.cancelRequested)
            effects.append(CancelAttempt{key});
    }
    return effects;
}

} // namespace models
