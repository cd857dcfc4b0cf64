// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/observations.h"

#include "models/run/permission.h"

#include <algorithm>
#include <cmath>

namespace models {

namespace {

constexpr QLatin1String everyKey("every");
constexpr QLatin1String samplesKey("samples");
constexpr QLatin1String deadlineKey("deadline");
constexpr QLatin1String watchKey("watch");

bool isCondition(const QString& text) {
    return !text.isEmpty() && Condition::parse(text).has_value();
}

/// What a service's only probe may be asked without its name.
bool isBareRoot(const QString& name) {
    static const QStringList roots{u"http"_qs, u"body"_qs,   u"tls"_qs,  u"tcp"_qs,
                                   u"exit"_qs, u"output"_qs, u"probe"_qs};
    return roots.contains(name);
}

/// A sentence of a document that reads as a condition and speaks of what is observed. One bare word
/// is none.
bool speaksOfObserved(const QString& text, const QStringList& observed) {
    const auto condition = Condition::parse(text);
    if (!condition || condition->root().kind == ConditionNode::Kind::Path ||
        condition->root().kind == ConditionNode::Kind::Literal)
        return false;
    const QList<HealthPath> paths = condition->paths();
    return !paths.isEmpty() && std::all_of(paths.cbegin(), paths.cend(), [&](const auto& path) {
        const QString name = path.isEmpty() ? QString() : path.first().name;
        return observed.contains(name) || isBareRoot(name) || name == u"target";
    });
}

void addTrigger(QList<Trigger>& triggers, Trigger trigger) {
    const QString name = trigger.name;
    const auto isTaken = [&triggers](const QString& candidate) {
        return std::any_of(triggers.cbegin(), triggers.cend(),
                           [&candidate](const Trigger& one) { return one.name == candidate; });
    };
    for (int number = 2; isTaken(trigger.name); ++number)
        trigger.name = u"%1 (%2)"_qs.arg(name).arg(number);
    triggers.append(trigger);
}

bool isOfMainLane(const Plan& plan, int index) {
    const PlanStep& step = plan.steps[index];
    return step.applicable && step.step.lane == plan.mainLane() && plan.isLeaf(index);
}

/// A step of the main lane before this one runs; what is only open blocks or comes first anyway.
bool runsBefore(const RunState& state, int planIndex) {
    return std::any_of(state.standing.active.cbegin(), state.standing.active.cend(),
                       [&state, planIndex](int active) {
                           return active < planIndex && isOfMainLane(*state.plan, active);
                       });
}

bool watches(const Plan& plan) {
    return plan.mainLane() == Lane::Main;
}

} // namespace

bool isObserved(const Step& step) {
    if (step.kind == StepKind::Gate && !step.requiresEnvironment.isEmpty())
        return true;
    return (step.kind == StepKind::Gate || step.kind == StepKind::Check) &&
           isCondition(step.condition) && !canRun(step);
}

GateRule gateRuleOf(const Plan& plan, const Step& step) {
    GateRule rule = plan.context.goLive.gates;
    if (step.kind == StepKind::Check || !step.requiresEnvironment.isEmpty())
        rule.samples = 1;
    if (const auto every = step.options.duration(everyKey); every && every->count() > 0)
        rule.every = *every;
    if (const auto deadline = step.options.duration(deadlineKey); deadline && deadline->count() > 0)
        rule.deadline = *deadline;
    if (const int samples = step.options.text(samplesKey).toInt(); samples > 0)
        rule.samples = samples;
    return rule;
}

QList<Trigger> triggersOf(const Plan& plan) {
    if (!watches(plan))
        return {};
    QList<Trigger> triggers;
    const GoLiveRules& rules = plan.context.goLive;
    for (const Trigger& trigger : rules.triggers)
        addTrigger(triggers, trigger);
    for (const QString& text : plan.runbook.frontMatter.triggers) {
        if (isCondition(text))
            addTrigger(triggers, {text, text, {}});
    }
    for (const ConditionText& one : plan.runbook.conditions) {
        if (one.trigger && speaksOfObserved(one.text, rules.observed))
            addTrigger(triggers, {one.text, one.text, {}});
    }
    return triggers;
}

QList<HeldTrigger> heldTriggers(const RunState& state) {
    QList<HeldTrigger> held;
    for (auto each = state.triggers.cbegin(); each != state.triggers.cend(); ++each) {
        if (each->holds)
            held.append({each.key()});
    }
    if (held.isEmpty() || !state.plan)
        return held;
    for (const Trigger& trigger : triggersOf(*state.plan)) {
        for (HeldTrigger& each : held) {
            if (each.name == trigger.name)
                each.severity = trigger.severity;
        }
    }
    std::stable_sort(held.begin(), held.end(), [](const HeldTrigger& one, const HeldTrigger& two) {
        return one.severity < two.severity;
    });
    return held;
}

WatchRule watchRuleOf(const Plan& plan) {
    WatchRule rule = plan.context.goLive.watch;
    for (const PlanStep& placed : plan.steps) {
        const auto time = placed.step.options.duration(watchKey);
        if (time && placed.applicable && placed.step.lane == plan.mainLane())
            rule.time = *time;
    }
    if (!watches(plan))
        rule.time = {};
    for (const ConditionText& one : plan.runbook.conditions) {
        if (!one.trigger && !rule.criteria.contains(one.text) &&
            speaksOfObserved(one.text, plan.context.goLive.observed))
            rule.criteria.append(one.text);
    }
    return rule;
}

int watchStepOf(const Plan& plan) {
    if (!watches(plan))
        return -1;
    for (int index = static_cast<int>(plan.steps.size()) - 1; index >= 0; --index) {
        const Step& step = plan.steps[index].step;
        if (step.kind == StepKind::Manual && step.commands.isEmpty() && isOfMainLane(plan, index) &&
            step.options.duration(watchKey))
            return index;
    }
    return -1;
}

bool isReadyToWatch(const RunState& state) {
    const Tally& lane = state.standing.lanes[static_cast<int>(state.plan->mainLane())];
    const int open = lane.total - lane.done();
    if (lane.total == 0 || open > 1)
        return false;
    if (open == 0)
        return true;
    const int step = watchStepOf(*state.plan);
    return step >= 0 && state.standing.steps[step].done() == 0 &&
           blockedReason(state, step).isEmpty();
}

namespace {

/// What changed nothing has nothing to be watched for, unless a step of it says so.
bool isToBeWatched(const RunState& state) {
    return watchRuleOf(*state.plan).time.count() > 0 &&
           (state.firstChange || watchStepOf(*state.plan) >= 0);
}

} // namespace

QString shareWords(double share) {
    return valueWords(Quantity{std::floor(share * 1000 + 1e-9) / 1000, Unit::None},
                      NumberForm::Percent);
}

bool isWatchSettled(const RunState& state) {
    if (state.watch && !state.watch->isUnderWay())
        return state.watch->result == Verdict::Pass;
    return !isToBeWatched(state);
}

Observations observations(const RunState& state) {
    Observations wanted;
    if (!state.plan || state.readOnly || state.status == RunStatus::Closed || state.rollback)
        return wanted; // what takes it back closes it
    const Plan& plan = *state.plan;
    wanted.triggers = !state.triggers.isEmpty();
    wanted.armTriggers = state.firstChange && !wanted.triggers && !triggersOf(plan).isEmpty();
    wanted.watch = state.watch && state.watch->isUnderWay();
    for (auto gate = state.gates.cbegin(); gate != state.gates.cend(); ++gate) {
        if (state.step(gate.key()).status == StepStatus::Waiting && !state.paused)
            wanted.gates.append(plan.indexOf.value(gate.key()));
    }
    std::sort(wanted.gates.begin(), wanted.gates.end());
    if (state.paused)
        return wanted;
    const int open = nextOpenStep(state);
    if (open >= 0 && isObserved(plan.steps[open].step) &&
        effectiveStatus(state, open) == StepStatus::Pending && !runsBefore(state, open))
        wanted.gateToEnter = open;
    const bool isWatched = state.watch.has_value();
    wanted.startWatch = !isWatched && isReadyToWatch(state) && isToBeWatched(state);
    return wanted;
}

} // namespace models
