// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/rollbackplan.h"

#include "models/run/change.h"
#include "models/run/rollbackbuilder.h"

#include <algorithm>

namespace models {

bool RollbackPlan::isDecided() const {
    return std::none_of(items.cbegin(), items.cend(),
                        [](const RollbackItem& item) { return item.need == Need::Asked; });
}

bool RollbackPlan::isDestructive() const {
    return std::any_of(items.cbegin(), items.cend(), [](const RollbackItem& item) {
        return item.isDestructive && item.need != Need::NotNeeded;
    });
}

RollbackDecisions RollbackPlan::decisions() const {
    RollbackDecisions decisions;
    for (const RollbackItem& item : items) {
        if (item.isConditional && item.need != Need::Asked)
            decisions.insert(item.source, item.need == Need::Needed);
    }
    return decisions;
}

QStringList RollbackPlan::problems() const {
    QStringList problems;
    for (const RollbackItem& item : items) {
        if (!item.problem.isEmpty())
            problems.append(u"%1: %2"_qs.arg(item.title, item.problem));
    }
    return problems;
}

QString rollbackRefusal(const RunState& state) {
    if (state.readOnly)
        return u"This run holds events of a newer version: it can be read only."_qs;
    if (state.plan->isRollback())
        return u"This run is a rollback itself."_qs;
    if (state.rollback)
        return u"This run is being rolled back already."_qs;
    if (state.status == RunStatus::Closed)
        return u"The run is closed."_qs;
    if (!state.firstChange)
        return u"Nothing was changed in this run yet: there is nothing to roll back."_qs;
    return {};
}

RollbackPlan rollbackPlan(const RunState& state, const RollbackDecisions& decisions) {
    return RollbackBuilder(state, decisions).build();
}

RollbackPlan rollbackPlanAtEnd(RunState state) {
    const Plan& plan = *state.plan;
    qint64 seq = state.lastSeq;
    for (int index = 0; index < plan.steps.size(); ++index) {
        const PlanStep& placed = plan.steps[index];
        if (placed.step.lane != plan.mainLane() || !placed.applicable || !plan.isLeaf(index) ||
            !isChange(placed.step))
            continue;
        StepState& step = state.steps[placed.step.id];
        step.changeSeq = ++seq;
        step.status = StepStatus::Passed;
    }
    return rollbackPlan(state);
}

QHash<StepId, std::chrono::milliseconds> durationsOf(const RunState& state) {
    QHash<StepId, std::chrono::milliseconds> durations;
    for (auto step = state.steps.cbegin(); step != state.steps.cend(); ++step) {
        for (const Attempt& attempt : step->attempts) {
            if (attempt.status != AttemptStatus::Exited || attempt.finishedAt.isNull())
                continue;
            const std::chrono::nanoseconds took(attempt.finishedAt.nanoseconds -
                                                attempt.startedAt.nanoseconds);
            durations.insert(step.key(),
                             std::chrono::duration_cast<std::chrono::milliseconds>(took));
        }
    }
    return durations;
}

RollbackEstimate estimateOf(const RollbackPlan& plan,
                            const QHash<StepId, std::chrono::milliseconds>& durations) {
    RollbackEstimate estimate;
    for (const RollbackItem& item : plan.items) {
        if (item.need == Need::NotNeeded)
            continue;
        const auto known = durations.constFind(item.step);
        if (item.wait.count() > 0)
            estimate.known += item.wait;
        else if (known != durations.cend())
            estimate.known += *known;
        else
            ++estimate.unknown;
    }
    return estimate;
}

} // namespace models
