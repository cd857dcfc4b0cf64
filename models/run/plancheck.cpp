// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/plancheck.h"

#include "models/run/placeholder.h"
#include "models/run/secretname.h"
#include "models/run/targetvariables.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace models {
namespace {

void diagnose(Plan& plan, const Step& step, Severity severity, const QString& message) {
    // A repeated section says it once.
    if (const Diagnostic found{step.range.first, 1, severity, message};
        !plan.diagnostics.contains(found))
        plan.diagnostics.append(found);
}

/// The step's commands use the name as "$NAME" or "${NAME…}", and in no other way.
bool isShellVariable(const Step& step, const QString& name) {
    if (!isVariableName(name) || step.http)
        return false;
    const QRegularExpression otherUse(
        QStringLiteral("(?<![A-Za-z0-9_$])(?<!\\$\\{)%1(?![A-Za-z0-9_])").arg(name));
    return std::none_of(
        step.commands.cbegin(), step.commands.cend(),
        [&otherUse](const Command& command) { return command.text.contains(otherUse); });
}

/// What takes back a step of a wave is told the wave of that.
bool knowsWave(const Plan& plan, const PlanStep& placed) {
    return !placed.wave.isEmpty() || (placed.step.lane == Lane::Rollback && !plan.waves.isEmpty());
}

void diagnoseVariables(Plan& plan) {
    QSet<QString> known;
    for (const VariableDeclaration& variable : plan.variables)
        known.insert(variable.name);
    for (const SecretReference& secret : plan.context.secrets)
        known.insert(secret.name);
    for (const PlanStep& placed : plan.steps) {
        for (const QString& name : placed.step.placeholders) {
            if (!placed.applicable || known.contains(name) ||
                plan.context.variables.contains(name) || isTargetVariable(name) ||
                (name == waveVariable && knowsWave(plan, placed)))
                continue;
            known.insert(name);
            diagnose(plan, placed.step, Severity::Hint,
                     u"%1 has no value: it is asked for before this step."_qs.arg(name));
        }
    }
}

/// What is named like a secret and has no value is treated as one, declared or not: it reaches the
/// command through its environment, and no journal. Only a shell variable can be handed over so.
void declareSecrets(Plan& plan) {
    QMap<QString, int> lines; // of the first use
    QSet<QString> unfit;
    for (const PlanStep& placed : plan.steps) {
        for (const QString& name : placed.step.placeholders) {
            if (plan.context.variables.contains(name) || !looksSecret(name))
                continue;
            if (!lines.contains(name))
                lines.insert(name, placed.step.range.first);
            if (!isShellVariable(placed.step, name))
                unfit.insert(name);
        }
    }
    for (VariableDeclaration& variable : plan.variables) {
        const bool isNamedSo = lines.remove(variable.name) > 0 && !unfit.contains(variable.name);
        variable.secret = variable.secret || (isNamedSo && variable.value.isEmpty());
    }
    for (const SecretReference& secret : plan.context.secrets)
        lines.remove(secret.name);
    for (auto it = lines.cbegin(); it != lines.cend(); ++it) {
        if (unfit.contains(it.key()))
            continue;
        VariableDeclaration secret;
        secret.name = it.key();
        secret.secret = true;
        secret.line = it.value();
        plan.variables.append(secret);
    }
}

/// "a" undone by "b" undone by "a" would never come to an end.
void diagnoseInverses(Plan& plan) {
    QHash<QString, const Step*> named;
    for (const PlanStep& placed : plan.steps) {
        const QString name = placed.step.options.text(QLatin1String("name"));
        if (!name.isEmpty())
            named.insert(name, &placed.step);
    }
    for (const PlanStep& placed : plan.steps) {
        const Step& step = placed.step;
        QString inverse = step.options.text(QLatin1String("inverse"));
        if (inverse.isEmpty())
            continue;
        if (!named.contains(inverse)) {
            diagnose(plan, step, Severity::Warning,
                     u"The inverse %1 is the name of no step."_qs.arg(inverse));
            continue;
        }
        QSet<const Step*> seen{&step};
        while (const Step* undo = named.value(inverse)) {
            if (seen.contains(undo)) {
                diagnose(
                    plan, step, Severity::Error,
                    u"The inverses of “%1” form a loop by way of %2."_qs.arg(step.title, inverse));
                break;
            }
            seen.insert(undo);
            inverse = undo->options.text(QLatin1String("inverse"));
        }
    }
}

/// Whether anything of the wave waits for numbers, for time or for people.
bool isHeld(const Plan& plan, int wave) {
    return std::any_of(plan.steps.cbegin(), plan.steps.cend(), [wave](const PlanStep& placed) {
        const StepKind kind = placed.step.kind;
        return placed.waveIndex == wave && (kind == StepKind::Gate || kind == StepKind::Wait ||
                                            kind == StepKind::Approval || placed.step.urgent);
    });
}

void diagnoseWaves(Plan& plan) {
    const QList<Wave> waves = plan.waves;
    for (int i = 0; i < waves.size(); ++i) {
        const Step& first = plan.steps[waves[i].first].step;
        const bool isAgain = std::any_of(waves.cbegin(), waves.cbegin() + i, [&](const Wave& one) {
            return one.name == waves[i].name;
        });
        if (isAgain)
            diagnose(plan, first, Severity::Warning,
                     u"The wave “%1” begins again after “%2”: it counts as another one of the same "
                     u"name."_qs.arg(waves[i].name, waves[i - 1].name));
        if (i + 1 < waves.size() && !isHeld(plan, i))
            diagnose(plan, first, Severity::Hint,
                     u"Nothing holds the wave “%1” back from the next one. End it with a gate or a "
                     u"wait: <!-- wait: 10m -->."_qs.arg(waves[i].name));
    }
}

} // namespace

void checkPlan(Plan& plan) {
    diagnoseVariables(plan);
    declareSecrets(plan);
    diagnoseInverses(plan);
    diagnoseWaves(plan);
}

} // namespace models
