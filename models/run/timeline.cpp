// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/timeline.h"

#include <algorithm>

namespace models {

std::pair<Instant, Instant> timeOf(const StepState& step) {
    if (step.attempts.isEmpty())
        return {step.changedAt, step.changedAt};
    std::pair<Instant, Instant> time{step.attempts.first().startedAt, {}};
    for (const Attempt& attempt : step.attempts) {
        if (isUnderWay(attempt))
            return {time.first, {}};
        time.second = std::max({time.second, attempt.startedAt, attempt.finishedAt});
    }
    return time;
}

int stepAt(const RunState& state, Instant time) {
    struct Candidate {
        int index = -1;
        bool isUnderWay = false;
        Instant from;
    } best;
    for (int index = 0; state.plan && index < int(state.plan->steps.size()); ++index) {
        const StepState& step = state.step(state.plan->steps[index].step.id);
        const auto [from, to] = timeOf(step);
        if (from.isNull() || from > time || !state.plan->isLeaf(index))
            continue;
        const bool isUnderWay = to.isNull() || to >= time;
        if (isUnderWay > best.isUnderWay || (isUnderWay == best.isUnderWay && from >= best.from))
            best = {index, isUnderWay, from};
    }
    return best.index;
}

} // namespace models
