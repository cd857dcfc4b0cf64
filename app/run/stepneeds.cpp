// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/stepneeds.h"

#include "models/run/hosts.h"
#include "models/run/observations.h"
#include "models/run/permission.h"
#include "models/run/resolve.h"

namespace app {

namespace {

/// Why only a person can take the step; empty where Gantry can by itself.
QString personFor(const models::Plan& plan, const models::Step& step, const StepNeeds& needs,
                  const models::Requirements& requirements) {
    if (step.kind == models::StepKind::Approval || step.approval)
        return u"It needs an approval."_qs;
    if (models::isObserved(step))
        return {};
    if (step.kind == models::StepKind::Gate)
        return u"It is a gate for a person to pass."_qs;
    if (!needs.terminalCommand.isEmpty() && !models::canRun(step))
        return u"Its command needs a terminal."_qs;
    if (!models::canRun(step) || step.kind == models::StepKind::Manual)
        return u"It is done by a person."_qs;
    const QString noPlace = models::placeRefusal(plan, step);
    if (!noPlace.isEmpty())
        return noPlace;
    if (!needs.variables.isEmpty())
        return u"It needs a value for %1."_qs.arg(needs.variables.join(u", "_qs));
    if (!needs.secrets.isEmpty())
        return u"It needs the secret %1."_qs.arg(needs.secrets.join(u", "_qs));
    if (!needs.choices.isEmpty())
        return u"One of its options is to be chosen: %1."_qs.arg(needs.choices.join(u", "_qs));
    if (requirements.needsEditing)
        return u"Its command is mixed with other text and is edited before it runs."_qs;
    if (!needs.confirmationText.isEmpty())
        return u"It is destructive and asks for confirmation."_qs;
    if (step.options.flag(QLatin1String("excludeFromRunAll"), false))
        return u"It is left out of running all."_qs;
    for (const models::Command& command : step.commands) {
        if (command.streaming)
            return u"Its command goes on until it is stopped."_qs;
    }
    return {};
}

/// Where a start of the step would come to run, in the end.
QStringList placesToPass(const models::RunState& state, int index, const QStringList& wanted) {
    QStringList places;
    for (const models::HostProgress& host : models::hostProgress(state, index)) {
        if (host.status != models::StepStatus::Passed &&
            (wanted.isEmpty() || wanted.contains(host.host)))
            places.append(host.host);
    }
    return places;
}

/// What takes the step further, by whoever.
models::StepIntent intentFor(const models::Step& step) {
    if (models::canRun(step))
        return models::StepIntent::Start;
    if (!models::isObserved(step))
        return models::StepIntent::Confirm;
    return step.kind == models::StepKind::Gate ? models::StepIntent::Override
                                               : models::StepIntent::MarkPassed;
}

} // namespace

StepNeeds needsOf(const models::RunState& state, int planIndex) {
    const models::Step& step = state.plan->steps[planIndex].step;
    const models::Requirements requirements = models::requirementsOf(state, planIndex);
    StepNeeds needs;
    needs.variables = requirements.variables;
    QStringList secrets = requirements.secrets;
    const models::StepState& standing = state.step(step.id);
    if (standing.status == models::StepStatus::Running && !standing.attempts.isEmpty())
        secrets = standing.attempts.last().secrets; // its output is withheld until they are known
    for (const QString& name : secrets) {
        if (!state.secretsGiven.contains(name))
            needs.secrets.append(name);
    }
    needs.confirmationText = requirements.confirmationText;
    needs.choices = requirements.choices;
    needs.terminalCommand = requirements.terminalCommand;
    needs.needsPerson = personFor(*state.plan, step, needs, requirements);
    needs.blockedBy = models::refusal(state, planIndex, intentFor(step));
    return needs;
}

models::Selection selectionFrom(const StartOptions& options) {
    return {options.choice, options.editedScript, options.hosts, options.fresh};
}

ResolvedCommand resolvedCommand(const models::RunState& state, int index,
                                const StartOptions& options) {
    ResolvedCommand command;
    const auto attempt = models::resolveAttempt(state, index, selectionFrom(options));
    if (!attempt) {
        QStringList texts;
        for (const models::Command& written : state.plan->steps[index].step.commands)
            texts.append(written.text);
        command.script = texts.join(u'\n');
        command.missing = attempt.error().message;
        return command;
    }
    command.shell = attempt->shell;
    command.script = attempt->script;
    command.variables = attempt->variables;
    command.secrets = attempt->secrets;
    command.places = placesToPass(state, index, options.hosts);
    const QStringList all = models::hostsNamed(state.plan->steps[index].step);
    command.place = !command.places.isEmpty() ? command.places.join(u", "_qs)
                    : all.size() > 1          ? all.join(u", "_qs)
                                              : attempt->place;
    if (attempt->restoreNumber == 0)
        command.workingDirectory = attempt->workingDirectory;
    return command;
}

} // namespace app
