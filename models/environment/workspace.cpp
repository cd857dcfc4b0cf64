// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/workspace.h"

#include "models/run/targetvariables.h"

#include <algorithm>

namespace models {

namespace {

void lay(QMap<QString, QString>& under, const QMap<QString, QString>& over) {
    for (auto value = over.cbegin(); value != over.cend(); ++value)
        under.insert(value.key(), value.value());
}

void lay(QList<SecretReference>& under, const QList<SecretReference>& over) {
    for (const SecretReference& secret : over) {
        under.removeIf(
            [&secret](const SecretReference& known) { return known.name == secret.name; });
        under.append(secret);
    }
}

/// Each behind those that it needs, otherwise as given. Loops keep their order.
template <class Thing, class Needs>
QList<Thing> inOrder(QList<Thing> left, Needs needs) {
    QList<Thing> ordered;
    const auto waits = [&](const Thing& one) {
        return std::any_of(left.begin(), left.end(), [&](const Thing& other) {
            return other.name != one.name && needs(one, other);
        });
    };
    while (!left.isEmpty()) {
        auto next = std::find_if_not(left.begin(), left.end(), waits);
        if (next == left.end())
            next = left.begin();
        ordered.append(*next);
        left.erase(next);
    }
    return ordered;
}

} // namespace

QString Environment::usualPlace() const {
    return defaultHost.isEmpty() && hosts.isEmpty() ? QString(localPlace) : defaultHost;
}

Environment localEnvironment() {
    Environment environment;
    environment.name = QStringLiteral("local");
    return environment;
}

QSet<QString> givenNames(const Workspace& workspace) {
    QSet<QString> names;
    const auto add = [&names](const auto& place) {
        for (auto value = place.variables.cbegin(); value != place.variables.cend(); ++value)
            names.insert(value.key());
        for (const SecretReference& secret : place.secrets)
            names.insert(secret.name);
    };
    add(workspace);
    for (const Environment& environment : workspace.environments) {
        add(environment);
        // These a run's target gives a value.
        for (const QString& name : targetVariableNames(environment.serviceNames()))
            names.insert(name);
    }
    return names;
}

PlanContext planContext(const Workspace& workspace, const QString& runbookPath,
                        const QString& environment, const QMap<QString, QString>& overrides,
                        const Target& target) {
    PlanContext context;
    context.workspaceId = workspace.id;
    context.workspaceName = workspace.name;
    context.workspaceRoot = workspace.root;
    context.runbookPath = runbookPath;
    context.environment = environment;
    context.variables = workspace.variables;
    context.secrets = workspace.secrets;
    context.risks = workspace.risks;
    context.people = workspace.people;
    context.target = target;
    if (const Environment* declared = workspace.environment(environment)) {
        context.isProtected = declared->isProtected;
        context.hosts = declared->hosts;
        context.defaultHost = declared->defaultHost;
        context.services = declared->servicesInOrder();
        context.goLive = {declared->triggers, declared->gates, declared->watch,
                          declared->autoRollback, declared->serviceNames(), declared->approvals};
        for (const Metric& metric : declared->metrics)
            context.goLive.observed.append(metric.name);
        lay(context.variables, declared->variables);
        lay(context.secrets, declared->secrets);
    }
    // A name that is a secret anywhere is never a variable: its value would be stored.
    for (const SecretReference& secret : context.secrets)
        context.variables.remove(secret.name);
    QMap<QString, QString> plain = overrides;
    for (const SecretReference& secret : context.secrets)
        plain.remove(secret.name);
    lay(context.variables, plain);
    return context;
}

QList<Host> Environment::hostsOf(const QStringList& places) const {
    QList<Host> known;
    for (const QString& place : places) {
        const auto host = std::find_if(hosts.begin(), hosts.end(),
                                       [&place](const Host& one) { return one.name == place; });
        known.append(host == hosts.end() ? Host() : *host);
    }
    return known;
}

QStringList Environment::servicesInOrder() const {
    QStringList names;
    for (const Service& service : inOrder(services, [](const Service&one, const Service&other) {
             return one.dependsOn.contains(other.name);
         }))
        names.append(service.name);
    return names;
}

QList<Environment> inPromotionOrder(const QList<Environment>& environments) {
    return inOrder(environments, [](const Environment& one, const Environment& other) {
        return one.promoteFrom == other.name;
    });
}

} // namespace models
