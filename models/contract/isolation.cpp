// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contract/isolation.h"

#include <QMap>

#include <algorithm>

namespace models {

namespace {

constexpr int digestDigits = 64;

QString nameOf(const VariableDigests& digests) {
    return u"%1/%2"_qs.arg(digests.environment, digests.service);
}

/// The first that one environment shares with another.
QString sharedWords(const IsolationRule& rule, const QList<VariableDigests>& all) {
    for (const QString& variable : rule.variables) {
        for (const VariableDigests& one : all) {
            for (const VariableDigests& other : all) {
                const QString digest = one.digests.value(variable);
                const bool isPair = rule.environments.indexOf(one.environment) <
                                    rule.environments.indexOf(other.environment);
                if (isPair && !digest.isEmpty() && digest == other.digests.value(variable))
                    return u"%1 and %2 share %3."_qs.arg(nameOf(one), nameOf(other), variable);
            }
        }
    }
    return {};
}

/// Why it cannot be told that they share nothing.
QString gapWords(const IsolationRule& rule, const QList<VariableDigests>& all) {
    for (const VariableDigests& each : all) {
        if (!each.problem.isEmpty())
            return u"%1: %2"_qs.arg(nameOf(each), each.problem);
    }
    for (const QString& environment : rule.environments) {
        for (const QString& variable : rule.variables) {
            const bool isSet =
                std::any_of(all.cbegin(), all.cend(), [&](const VariableDigests& each) {
                    return each.environment == environment && each.digests.contains(variable);
                });
            if (!isSet)
                return u"No service of %1 has %2."_qs.arg(environment, variable);
        }
    }
    return {};
}

} // namespace

QStringList compareArguments(const VariableSource& source, const Host& host,
                             const QStringList& variables) {
    return QStringList{u"compare"_qs} + sourceArguments(source, host) + variables;
}

VariableDigests readDigests(VariableDigests where, const QStringList& variables,
                            const Result<QByteArray>& answer) {
    const Result<QMap<int, QString>> lines = readAnswer(answer);
    if (!lines) {
        where.problem = lines.error().message;
        return where;
    }
    for (qsizetype i = 0; i < variables.size(); ++i) {
        const QString digest = lines->value(static_cast<int>(i) + 1);
        if (digest.size() == digestDigits)
            where.digests.insert(variables[i], digest);
        else if (digest != u"absent")
            where.problem = u"The place gave no digest of %1."_qs.arg(variables[i]);
    }
    return where;
}

IsolationReading judgeIsolation(const IsolationRule& rule, const QList<VariableDigests>& all,
                                Instant at) {
    if (const QString shared = sharedWords(rule, all); !shared.isEmpty())
        return {rule, Verdict::Fail, shared, at};
    if (const QString gap = gapWords(rule, all); !gap.isEmpty())
        return {rule, Verdict::Unknown, gap, at};
    return {rule, Verdict::Pass,
            u"%1 share none of: %2."_qs.arg(rule.environments.join(u" and "),
                                            rule.variables.join(u", ")),
            at};
}

} // namespace models
