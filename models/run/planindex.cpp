// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/planindex.h"

#include <algorithm>

namespace models {

void indexPlan(Plan& plan) {
    plan.indexOf.clear();
    plan.indexOf.reserve(plan.steps.size());
    plan.blockers.clear();
    plan.waves.clear();
    for (int i = 0; i < plan.steps.size(); ++i) {
        PlanStep& placed = plan.steps[i];
        placed.children.clear();
        placed.end = i + 1;
        plan.indexOf.insert(placed.step.id, i);
        const StepKind kind = placed.step.kind;
        if (placed.applicable && placed.step.lane != Lane::Reference && !plan.isRollback() &&
            (placed.step.urgent || kind == StepKind::Gate || kind == StepKind::Approval))
            plan.blockers.append(i);
        placed.waveIndex = -1;
        if (placed.wave.isEmpty() || !placed.applicable || placed.step.lane != plan.mainLane() ||
            plan.isRollback())
            continue;
        if (plan.waves.isEmpty() || plan.waves.last().name != placed.wave)
            plan.waves.append({placed.wave, i});
        placed.waveIndex = static_cast<int>(plan.waves.size()) - 1;
    }
    for (int i = static_cast<int>(plan.steps.size()) - 1; i >= 0; --i) {
        const int parent = plan.steps[i].step.parent;
        if (parent < 0)
            continue;
        plan.steps[parent].children.prepend(i);
        plan.steps[parent].end = std::max(plan.steps[parent].end, plan.steps[i].end);
    }
}

Plan planWithStep(const Plan& plan, const StepId& after, Step step) {
    Plan changed = plan;
    const int before = plan.indexOf.value(after, -1);
    PlanStep placed;
    int at = static_cast<int>(plan.steps.size());
    if (before >= 0) {
        const PlanStep& previous = plan.steps[before];
        at = previous.end;
        placed.section = previous.section;
        placed.document = previous.document;
        placed.wave = previous.wave;
        step.lane = previous.step.lane;
        step.parent = previous.step.parent;
        step.depth = previous.step.depth;
        step.section = previous.step.section;
        step.range = previous.step.range;
    } else {
        step.lane = plan.mainLane();
        step.parent = -1;
        step.section = -1;
    }
    placed.step = std::move(step);
    for (PlanStep& other : changed.steps) {
        if (other.step.parent >= at)
            ++other.step.parent;
    }
    changed.steps.insert(at, std::move(placed));
    indexPlan(changed);
    return changed;
}

} // namespace models
