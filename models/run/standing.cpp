// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/standing.h"

#include "models/run/observations.h"

#include <algorithm>

namespace models {

void count(Tally& tally, StepStatus status, int by) {
    switch (status) {
    case StepStatus::Pending:
    case StepStatus::Blocked:
        return;
    case StepStatus::Running:
        tally.running += by;
        return;
    case StepStatus::Waiting:
        tally.waiting += by;
        return;
    case StepStatus::Passed:
        tally.passed += by;
        return;
    case StepStatus::Failed:
        tally.failed += by;
        return;
    case StepStatus::Unknown:
        tally.unknown += by;
        return;
    case StepStatus::Skipped:
        tally.skipped += by;
        return;
    }
}

Progress progressFrom(const Tally& tally) {
    return {tally.done(), tally.total, tally.failed + tally.unknown, tally.running};
}

int stepsRunning(const RunState& state) {
    int running = 0;
    for (const Tally& lane : state.standing.lanes)
        running += lane.running;
    return running;
}

namespace {

int laneOf(const PlanStep& step) {
    return static_cast<int>(step.step.lane);
}

/// Calls visit with every tally that a leaf belongs to.
template <class Visit>
void forEachTally(RunState& state, int planIndex, Visit visit) {
    const Plan& plan = *state.plan;
    const PlanStep& leaf = plan.steps[planIndex];
    for (int index = planIndex; index >= 0; index = plan.steps[index].step.parent)
        visit(state.standing.steps[index]);
    const int sections = static_cast<int>(plan.sections.size());
    for (int section = leaf.section; section >= 0; section = plan.sections[section].parent)
        visit(state.standing.sections[laneOf(leaf) * sections + section]);
    visit(state.standing.lanes[laneOf(leaf)]);
    if (leaf.waveIndex >= 0)
        visit(state.standing.waves[leaf.waveIndex]);
}

bool isOpenBlocker(const RunState& state, int planIndex) {
    const Tally& tally = state.standing.steps[planIndex];
    return tally.done() < tally.total;
}

void advanceBlockers(RunState& state) {
    const QList<int>& blockers = state.plan->blockers;
    int& done = state.standing.blockersDone;
    while (done < blockers.size() && !isOpenBlocker(state, blockers[done]))
        ++done;
}

/// The first open blocker before this step in its lane that the step is not itself a part of; -1.
int blockerOf(const RunState& state, int planIndex) {
    const Plan& plan = *state.plan;
    const Lane lane = plan.steps[planIndex].step.lane;
    for (int i = state.standing.blockersDone; i < plan.blockers.size(); ++i) {
        const int blocker = plan.blockers[i];
        if (blocker >= planIndex)
            return -1;
        if (plan.steps[blocker].step.lane == lane && plan.steps[blocker].end <= planIndex &&
            isOpenBlocker(state, blocker))
            return blocker;
    }
    return -1;
}

/// The first wave before the step's own of which anything is open; -1.
int waveBefore(const RunState& state, int planIndex) {
    const int own = state.plan->steps[planIndex].waveIndex;
    for (int wave = 0; wave < own; ++wave) {
        const Tally& tally = state.standing.waves[wave];
        if (tally.done() < tally.total)
            return wave;
    }
    return -1;
}

} // namespace

StepStatus statusOf(const Tally& tally) {
    if (tally.running > 0)
        return StepStatus::Running;
    if (tally.failed > 0)
        return StepStatus::Failed;
    if (tally.unknown > 0)
        return StepStatus::Unknown;
    if (tally.waiting > 0)
        return StepStatus::Waiting;
    if (tally.total == 0 || tally.done() < tally.total)
        return StepStatus::Pending;
    return tally.passed > 0 ? StepStatus::Passed : StepStatus::Skipped;
}

void setLeafStatus(RunState& state, int planIndex, StepStatus status) {
    const PlanStep& leaf = state.plan->steps[planIndex];
    StepState& step = state.steps[leaf.step.id];
    const StepStatus before = step.status;
    step.status = status;
    refreshActive(state, planIndex);
    if (before == status || !leaf.applicable)
        return;
    forEachTally(state, planIndex, [before, status](Tally& tally) {
        count(tally, before, -1);
        count(tally, status, +1);
    });
    const bool wasDone = before == StepStatus::Passed || before == StepStatus::Skipped;
    if (wasDone)
        state.standing.blockersDone = 0; // what was done is open again: look from the start
    advanceBlockers(state);
}

void refreshActive(RunState& state, int planIndex) {
    const StepState& step = state.step(state.plan->steps[planIndex].step.id);
    const bool active = step.status == StepStatus::Running ||
                        (step.status == StepStatus::Waiting && !step.waitUntil.isNull());
    if (active)
        state.standing.active.insert(planIndex);
    else
        state.standing.active.remove(planIndex);
}

void rebuildStanding(RunState& state) {
    const Plan& plan = *state.plan;
    const int deviations = state.standing.deviations;
    state.standing = {};
    state.standing.deviations = deviations;
    state.standing.steps.resize(plan.steps.size());
    state.standing.sections.resize(3 * plan.sections.size());
    state.standing.waves.resize(plan.waves.size());
    for (int index = 0; index < plan.steps.size(); ++index) {
        if (!plan.isLeaf(index))
            continue;
        refreshActive(state, index);
        if (!plan.steps[index].applicable)
            continue;
        const StepStatus status = state.step(plan.steps[index].step.id).status;
        forEachTally(state, index, [status](Tally& tally) {
            ++tally.total;
            count(tally, status, +1);
        });
    }
    advanceBlockers(state);
}

StepStatus effectiveStatus(const RunState& state, int planIndex) {
    const PlanStep& step = state.plan->steps[planIndex];
    const StepStatus status = state.plan->isLeaf(planIndex)
                                  ? state.step(step.step.id).status
                                  : statusOf(state.standing.steps[planIndex]);
    // A closed run waits for nothing.
    if (state.status == RunStatus::Closed)
        return status == StepStatus::Waiting ? StepStatus::Pending : status;
    if (status != StepStatus::Pending || !step.applicable)
        return status;
    return blockerOf(state, planIndex) >= 0 || waveBefore(state, planIndex) >= 0
               ? StepStatus::Blocked
               : StepStatus::Pending;
}

QString standingWords(const RunState& state, int planIndex) {
    const StepStatus status = effectiveStatus(state, planIndex);
    if (state.status != RunStatus::Closed || status != StepStatus::Pending)
        return stepStatusName(status);
    const Step& step = state.plan->steps[planIndex].step;
    if (!state.plan->isLeaf(planIndex))
        return statusOf(state.standing.steps[planIndex]) == StepStatus::Pending
                   ? u"not reached"_qs
                   : u"never finished"_qs;
    if (state.step(step.id).status != StepStatus::Waiting)
        return u"not reached"_qs;
    return step.kind == StepKind::Wait ? u"cut short"_qs : u"never decided"_qs;
}

QString blockedReason(const RunState& state, int planIndex) {
    const PlanStep& step = state.plan->steps[planIndex];
    if (!step.applicable) {
        return step.step.lane == Lane::Reference
                   ? u"This is reference and is never run."_qs
                   : u"This step belongs to the environment %1, and the run is in %2."_qs.arg(
                         step.step.environment, state.plan->context.environment);
    }
    const int blocker = blockerOf(state, planIndex);
    if (blocker >= 0)
        return u"“%1” comes first."_qs.arg(state.plan->steps[blocker].step.title);
    const int wave = waveBefore(state, planIndex);
    if (wave < 0)
        return {};
    const Tally& tally = state.standing.waves[wave];
    return u"The wave “%1” comes first: %2 of its %3 steps are open."_qs
        .arg(state.plan->waves[wave].name)
        .arg(tally.total - tally.done())
        .arg(tally.total);
}

int nextOpenStep(const RunState& state, int afterPlanIndex) {
    const Plan& plan = *state.plan;
    const Lane lane = plan.mainLane();
    int index = afterPlanIndex + 1;
    while (index < plan.steps.size()) {
        const PlanStep& step = plan.steps[index];
        const Tally& tally = state.standing.steps[index];
        const bool nothingOpen = tally.done() + tally.running == tally.total;
        if (nothingOpen)
            index = step.end;
        else if (plan.isLeaf(index) && step.step.lane == lane)
            return index;
        else
            ++index;
    }
    return -1;
}

Progress progressOf(const RunState& state, Lane lane, int section) {
    const int index = static_cast<int>(lane);
    if (section < 0)
        return progressFrom(state.standing.lanes[index]);
    const int sections = static_cast<int>(state.plan->sections.size());
    return progressFrom(state.standing.sections[index * sections + section]);
}

RunOutcome goodOutcome(const RunState& state) {
    const Tally& tally = state.standing.lanes[static_cast<int>(state.plan->mainLane())];
    if (tally.total == 0 || tally.done() < tally.total)
        return RunOutcome::None;
    if (state.plan->isRollback()) {
        const bool isBack = state.verification && state.verification->verdict != Verdict::Fail;
        return isBack ? RunOutcome::RolledBack : RunOutcome::None;
    }
    return tally.passed == tally.total && state.standing.deviations == 0 && isWatchSettled(state) &&
                   state.plan->context.overrides.isEmpty() && !state.overrodeLock
               ? RunOutcome::Succeeded
               : RunOutcome::SucceededWithDeviations;
}

} // namespace models
