// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/givenvalues.h"

#include "models/run/resolve.h"

#include <QRegularExpression>

namespace models {
namespace {

QString patternOf(const Plan& plan, const QString& name) {
    for (const VariableDeclaration& variable : plan.variables) {
        if (variable.name == name)
            return variable.pattern;
    }
    return {};
}

} // namespace

Result<void> checkValues(const Plan& plan, const QMap<QString, QString>& values) {
    const QStringList secrets = secretNames(plan);
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        if (secrets.contains(it.key()))
            return failure(ErrorCode::Refused,
                           u"%1 is a secret and is not kept as a variable."_qs.arg(it.key()));
        const QString written = patternOf(plan, it.key());
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(written));
        if (!written.isEmpty() && pattern.isValid() && !pattern.match(it.value()).hasMatch())
            return failure(
                ErrorCode::InvalidInput,
                u"The value of %1 does not match its pattern %2."_qs.arg(it.key(), written));
    }
    return {};
}

} // namespace models
