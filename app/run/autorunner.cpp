// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/autorunner.h"

#include "app/run/stepneeds.h"
#include "models/run/observations.h"

namespace app {

using models::StepStatus;

void AutoRunner::begin(std::optional<int> section) {
    m_active = true;
    m_section = section;
    m_last = -1;
    m_started = false;
}

bool AutoRunner::isWithin(const models::Plan& plan, int planIndex) const {
    const models::PlanStep& step = plan.steps[planIndex];
    if (!m_section)
        return step.step.lane == plan.mainLane();
    for (int section = step.section; section >= 0; section = plan.sections[section].parent) {
        if (section == *m_section)
            return true;
    }
    return false;
}

/// What the step that was started last says about going on.
std::optional<AutoRunner::Turn> AutoRunner::afterLast(const models::RunState& state) const {
    if (!m_started)
        return std::nullopt;
    const models::StepId& id = state.plan->steps[m_last].step.id;
    const models::StepState& step = state.step(id);
    switch (step.status) {
    case StepStatus::Running:
        return Wait{};
    case StepStatus::Waiting:
        if (!step.waitUntil.isNull())
            return Wait{};
        return Stop{id, step.reason.isEmpty() ? u"A person judges it."_qs : step.reason};
    case StepStatus::Failed:
    case StepStatus::Unknown:
        return Stop{id, step.reason};
    case StepStatus::Pending:
    case StepStatus::Blocked:
        return Stop{id, u"It was reopened."_qs};
    case StepStatus::Passed:
    case StepStatus::Skipped:
        break;
    }
    return std::nullopt;
}

AutoRunner::Turn AutoRunner::next(const models::RunState& state) {
    if (state.status == models::RunStatus::Closed)
        return Stop{{}, u"The run is closed."_qs};
    if (state.paused)
        return Stop{state.current, u"The run is paused."_qs};
    if (const std::optional<Turn> turn = afterLast(state))
        return *turn;
    const models::Plan& plan = *state.plan;
    for (int index = m_last + 1; index < plan.steps.size();) {
        const models::Tally& tally = state.standing.steps[index];
        if (tally.done() == tally.total || !isWithin(plan, index)) {
            // Outside the section a part of the step may still lie within it.
            index = tally.done() == tally.total ? plan.steps[index].end : index + 1;
            continue;
        }
        if (!plan.isLeaf(index)) {
            ++index;
            continue;
        }
        const models::StepId& id = plan.steps[index].step.id;
        const models::StepState& step = state.step(id);
        const bool isWatch = index == models::watchStepOf(plan) && models::isReadyToWatch(state);
        if (step.status == StepStatus::Pending &&
            (isWatch || models::isObserved(plan.steps[index].step)) &&
            models::blockedReason(state, index).isEmpty())
            return Wait{}; // what observes the run enters it
        m_last = index;
        m_started = true;
        if (step.status != StepStatus::Pending) {
            if (const std::optional<Turn> turn = afterLast(state))
                return *turn;
        }
        const StepNeeds needs = needsOf(state, index);
        if (!needs.needsPerson.isEmpty())
            return Stop{id, needs.needsPerson};
        if (!needs.blockedBy.isEmpty())
            return Stop{id, needs.blockedBy};
        return Start{id};
    }
    return Stop{};
}

} // namespace app
