// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/preflight/commandreading.h"

#include "models/run/hosts.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"

#include <algorithm>

namespace models {

namespace {

/// A wait and what people do has no command.
bool isRead(const Plan& plan, int index) {
    const PlanStep& placed = plan.steps[index];
    const bool isWanted = placed.step.lane == plan.mainLane() || placed.step.lane == Lane::Rollback;
    return isWanted && placed.applicable && plan.isLeaf(index) && canRun(placed.step) &&
           placed.step.wait.count() == 0;
}

void addMissing(CommandReading& reading, const QString& name, int index, bool isSecret) {
    const bool isKnown = std::any_of(reading.missing.cbegin(), reading.missing.cend(),
                                     [&](const MissingValue& one) { return one.name == name; });
    if (!isKnown)
        reading.missing.push_back({name, index, isSecret});
}

void readStep(CommandReading& reading, const RunState& state, int index) {
    const Step& step = state.plan->steps[index].step;
    const auto say = [&](Verdict verdict, const QString& reason, const QString& mend = {}) {
        reading.lines.push_back(
            {PreflightTopic::Commands, step.title, verdict, reason, mend, {}, false, step.id});
    };
    const Result<QStringList> places = placesOf(*state.plan, step);
    if (!places) {
        say(Verdict::Fail, places.error().message,
            u"Name the host with \"on\", or give the environment a default_host."_qs);
        return;
    }
    for (const QString& place : *places) {
        if (place != localPlace && !reading.hosts.contains(place))
            reading.hosts.append(place);
    }
    const Requirements needs = requirementsOf(state, index);
    for (const QString& name : needs.variables)
        addMissing(reading, name, index, false);
    for (const QString& name : needs.secrets) {
        if (!state.secretsGiven.contains(name))
            addMissing(reading, name, index, true);
    }
    if (needs.needsEditing) {
        say(Verdict::Unknown,
            u"Its command is mixed with other text and is edited before it runs."_qs);
        return;
    }
    // A value that is missing is told once, with its name.
    if (!needs.variables.isEmpty())
        return;
    const auto attempt = resolveAttempt(state, index, {needs.choices.value(0), {}, {}});
    if (attempt)
        ++reading.resolved;
    else
        say(Verdict::Fail, attempt.error().message);
}

} // namespace

CommandReading readCommands(const RunState& state) {
    CommandReading reading;
    for (int index = 0; index < state.plan->steps.size(); ++index) {
        if (isRead(*state.plan, index))
            readStep(reading, state, index);
    }
    return reading;
}

} // namespace models
