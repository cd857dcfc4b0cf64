// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/runstate.h"

#include "models/run/standing.h"
#include "models/run/targetvariables.h"

#include <algorithm>
#include <array>

namespace models {
namespace {

struct NamedStatus {
    StepStatus status;
    const char16_t* name;
};

constexpr std::array<NamedStatus, 8> stepStatuses = {{
    {StepStatus::Pending, u"pending"},
    {StepStatus::Blocked, u"blocked"},
    {StepStatus::Running, u"running"},
    {StepStatus::Waiting, u"waiting"},
    {StepStatus::Passed, u"passed"},
    {StepStatus::Failed, u"failed"},
    {StepStatus::Unknown, u"unknown"},
    {StepStatus::Skipped, u"skipped"},
}};

struct NamedOutcome {
    RunOutcome outcome;
    const char16_t* name;
};

constexpr std::array<NamedOutcome, 7> runOutcomes = {{
    {RunOutcome::None, u""},
    {RunOutcome::Succeeded, u"succeeded"},
    {RunOutcome::SucceededWithDeviations, u"succeeded with deviations"},
    {RunOutcome::Failed, u"failed"},
    {RunOutcome::Aborted, u"aborted"},
    {RunOutcome::RolledBack, u"rolled back"},
    {RunOutcome::RollbackFailed, u"rollback failed"},
}};

} // namespace

QString stepStatusName(StepStatus status) {
    return QString::fromUtf16(stepStatuses[static_cast<std::size_t>(status)].name);
}

std::optional<StepStatus> stepStatusFromName(QStringView name) {
    for (const NamedStatus& candidate : stepStatuses) {
        if (name == QStringView(candidate.name))
            return candidate.status;
    }
    return std::nullopt;
}

QString runStatusName(RunStatus status) {
    switch (status) {
    case RunStatus::Open:
        return u"open"_qs;
    case RunStatus::Watching:
        return u"watching"_qs;
    case RunStatus::Closed:
        return u"closed"_qs;
    }
    return {};
}

QString runOutcomeName(RunOutcome outcome) {
    return QString::fromUtf16(runOutcomes[static_cast<std::size_t>(outcome)].name);
}

std::optional<RunOutcome> runOutcomeFromName(QStringView name) {
    for (const NamedOutcome& candidate : runOutcomes) {
        if (name == QStringView(candidate.name))
            return candidate.outcome;
    }
    return std::nullopt;
}

bool isUnderWay(const Attempt& attempt) {
    return attempt.status == AttemptStatus::Intended || attempt.status == AttemptStatus::Started;
}

bool hasRun(const StepState& step) {
    return std::any_of(step.attempts.cbegin(), step.attempts.cend(), [](const Attempt& attempt) {
        return attempt.status != AttemptStatus::NotStarted;
    });
}

bool lostSession(const StepState& step) {
    QSet<QString> looked; // places, each by its last attempt
    for (auto attempt = step.attempts.crbegin(); attempt != step.attempts.crend(); ++attempt) {
        if (looked.contains(attempt->place))
            continue;
        if (attempt->sessionLost)
            return true;
        looked.insert(attempt->place);
    }
    return false;
}

const StepState& RunState::step(const StepId& stepId) const {
    static const StepState pending;
    const auto found = steps.constFind(stepId);
    return found == steps.cend() ? pending : *found;
}

QString sessionName(const Plan& plan, int planIndex, const QString& place) {
    return place + u'\n' + plan.steps[planIndex].document;
}

RunState initialState(PlanPointer plan) {
    RunState state;
    state.plan = std::move(plan);
    for (const VariableDeclaration& variable : state.plan->variables) {
        if (!variable.secret && variable.prompt.isEmpty() && !variable.value.isEmpty())
            state.variables.insert(variable.name, variable.value);
    }
    state.variables.insert(targetVariables(state.plan->context));
    const QMap<QString, QString>& given = state.plan->context.variables;
    for (auto it = given.cbegin(); it != given.cend(); ++it)
        state.variables.insert(it.key(), it.value());
    for (const PlanStep& placed : state.plan->steps) {
        const QString owner = placed.step.options.text(QLatin1String("owner"));
        if (!owner.isEmpty())
            state.steps[placed.step.id].owner = owner;
    }
    rebuildStanding(state);
    return state;
}

} // namespace models
