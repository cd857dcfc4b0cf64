// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/rehearsal.h"

#include "app/commandlineoutput.h"
#include "app/run/runservice.h"
#include "models/run/observations.h"

namespace app {

namespace {

void rehearseGate(const models::Plan& plan, const models::Step& step) {
    const models::GateRule rule = models::gateRuleOf(plan, step);
    const auto words = [](std::chrono::milliseconds time) {
        return models::valueWords(
            models::Quantity{std::chrono::duration<double>(time).count(), models::Unit::Time});
    };
    print(step.condition.isEmpty()
              ? u"   waits for a run of the same version in %1"_qs.arg(step.requiresEnvironment)
              : u"   waits for: %1"_qs.arg(step.condition));
    print(u"   read every %1, at least %2 times, for at most %3"_qs.arg(
        words(rule.every), QString::number(rule.samples), words(rule.deadline)));
}

/// One step of a rehearsal; false where it could not be run as it stands.
bool rehearseStep(const models::RunState& state, int index, int number) {
    const models::Step& step = state.plan->steps[index].step;
    print(u"%1. %2 (line %3)"_qs.arg(number).arg(step.title).arg(step.range.first));
    const StepNeeds needs = RunService::needs(state, step.id);
    if (models::isObserved(step)) {
        rehearseGate(*state.plan, step);
        return true;
    }
    if (step.commands.isEmpty() && !step.http) {
        print(u"   "_qs + needs.needsPerson);
        return true;
    }
    StartOptions options;
    options.choice = needs.choices.value(0);
    if (!needs.choices.isEmpty())
        print(u"   one of: "_qs + needs.choices.join(u", "_qs));
    if (!needs.terminalCommand.isEmpty())
        print(u"   in a terminal: "_qs + needs.terminalCommand.trimmed());
    const ResolvedCommand command = RunService::resolve(state, step.id, options);
    if (!command.missing.isEmpty()) {
        if (!needs.terminalCommand.isEmpty())
            return true;
        print(u"   cannot run: "_qs + command.missing);
        printError(u"“%1” (line %2): %3"_qs.arg(step.title, QString::number(step.range.first),
                                                command.missing));
        return false;
    }
    print(u"   %1 at %2, in %3"_qs.arg(command.shell, command.place, command.workingDirectory));
    if (step.options.contains(QLatin1String("batch")) && command.places.size() > 1) {
        const QString wait = step.options.text(QLatin1String("wait"));
        print(u"   hosts at a time: %1%2"_qs.arg(
            step.options.text(QLatin1String("batch")),
            wait.isEmpty() ? QString() : u", with %1 between"_qs.arg(wait)));
    }
    for (auto it = command.variables.cbegin(); it != command.variables.cend(); ++it)
        print(u"   %1=%2"_qs.arg(it.key(), it.value()));
    for (const QString& name : command.secrets)
        print(u"   %1 (secret)"_qs.arg(name));
    for (const QString& line : command.script.split(u'\n'))
        print(u"   > "_qs + line);
    if (!needs.needsPerson.isEmpty())
        print(u"   "_qs + needs.needsPerson);
    return true;
}

} // namespace

bool printRollback(const models::RollbackPlan& back) {
    int number = 0;
    for (const models::RollbackItem& item : back.items) {
        const bool isDone = item.need != models::Need::NotNeeded;
        const QString undoes =
            item.undoesTitle.isEmpty() ? QString() : u" (undoes “%1”)"_qs.arg(item.undoesTitle);
        print((isDone ? u"%1. "_qs.arg(++number) : u"-  "_qs) + item.title + undoes);
        if (!item.because.isEmpty())
            print(u"   "_qs + item.because);
        if (!isDone)
            continue;
        print(item.where.isEmpty() ? u"   done by hand"_qs : u"   at "_qs + item.where);
        for (const QString& line : item.script.trimmed().split(u'\n', Qt::SkipEmptyParts))
            print(u"   > "_qs + line);
        if (!item.problem.isEmpty())
            print(u"   cannot run: "_qs + item.problem);
    }
    for (const models::RollbackRemainder& remainder : back.remainders) {
        print((remainder.isIrreversible ? u"cannot be undone: "_qs : u"names no inverse: "_qs) +
              remainder.title);
    }
    for (const QString& problem : back.problems())
        printError(u"The way back: %1"_qs.arg(problem));
    return back.problems().isEmpty();
}

int rehearse(const models::PlanPointer& plan, const QMap<QString, QString>& variables) {
    models::RunState state = RunService::preview(plan);
    state.variables.insert(variables);
    print(u"%1 in %2: a rehearsal, nothing is run."_qs.arg(
        plan->runbook.title.isEmpty() ? plan->context.runbookPath : plan->runbook.title,
        plan->context.environment));
    int number = 0;
    bool complete = true;
    for (int index = 0; index < plan->steps.size(); ++index) {
        const models::PlanStep& step = plan->steps[index];
        if (plan->isLeaf(index) && step.applicable && step.step.lane == plan->mainLane())
            complete = rehearseStep(state, index, ++number) && complete;
    }
    if (plan->mainLane() == models::Lane::Main) {
        print(u"The way back, once all of it ran:"_qs);
        complete = printRollback(models::rollbackPlanAtEnd(state)) && complete;
    }
    return complete ? exitGood : exitFellShort;
}

} // namespace app
