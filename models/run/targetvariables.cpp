// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/targetvariables.h"

#include <algorithm>

namespace models {

namespace {

const QString targetName = u"TARGET_VERSION"_qs;
const QString previousName = u"PREVIOUS_VERSION"_qs;

QString nameFor(const QString& name, const QString& service) {
    QString suffix = service.toUpper();
    for (QChar& c : suffix) {
        if (!c.isLetterOrNumber() || c.unicode() >= 0x80)
            c = u'_';
    }
    return name + u'_' + suffix;
}

void add(QMap<QString, QString>& variables, const QString& name, const Target& versions) {
    for (auto one = versions.cbegin(); one != versions.cend(); ++one) {
        if (!one.key().isEmpty() && !one->isEmpty())
            variables.insert(nameFor(name, one.key()), *one);
    }
    const bool isOne = std::all_of(versions.cbegin(), versions.cend(), [&](const QString& version) {
        return !version.isEmpty() && version == versions.first();
    });
    if (isOne && !versions.isEmpty())
        variables.insert(name, versions.first());
}

/// What the services of the target had; of all that were seen, where it names none.
Target previousOf(const PlanContext& context) {
    if (context.target.contains(QString()))
        return context.previous;
    Target previous;
    for (auto one = context.target.cbegin(); one != context.target.cend(); ++one)
        previous.insert(one.key(), context.previous.value(one.key()));
    return previous;
}

} // namespace

QMap<QString, QString> targetVariables(const PlanContext& context) {
    QMap<QString, QString> variables;
    if (!context.rollbackOf.isEmpty())
        return variables;
    add(variables, targetName, context.target);
    add(variables, previousName, previousOf(context));
    return variables;
}

QStringList targetVariableNames(const QStringList& services) {
    QStringList names{targetName, previousName};
    for (const QString& service : services)
        names << nameFor(targetName, service) << nameFor(previousName, service);
    return names;
}

bool isTargetVariable(const QString& name) {
    return name == targetName || name == previousName || name.startsWith(targetName + u'_') ||
           name.startsWith(previousName + u'_');
}

} // namespace models
