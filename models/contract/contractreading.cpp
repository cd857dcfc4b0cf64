// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/contract/contractreading.h"

#include <QMap>

#include <algorithm>

namespace models {

namespace {

constexpr std::int64_t longestAge = 45LL * 60 * 1'000'000'000; ///< ns; three rounds
constexpr int longestProblem = 300;

/// One thing that is checked of a variable.
struct Clause {
    QString rule;
    QString wanted;
    QString why; ///< where it does not hold
};

QList<Clause> clausesOf(const ContractRule& rule) {
    QList<Clause> clauses;
    // Always asked, so that an absent variable is seen whatever else is wanted of it.
    clauses.append({u"required"_qs, {}, u"It is empty."_qs});
    if (rule.minLength > 0)
        clauses.append({u"min_length"_qs, QString::number(rule.minLength),
                        u"It is shorter than %1 characters."_qs.arg(rule.minLength)});
    for (const QString& forbidden : rule.forbidden)
        clauses.append(
            {u"not"_qs, forbidden, u"It still has the default \"%1\"."_qs.arg(forbidden)});
    if (!rule.pattern.isEmpty())
        clauses.append(
            {u"pattern"_qs, rule.pattern, u"It does not match %1."_qs.arg(rule.pattern)});
    if (!rule.oneOf.isEmpty())
        clauses.append({u"one_of"_qs, rule.oneOf.join(u'\n'),
                        u"It is none of: %1."_qs.arg(rule.oneOf.join(u", "))});
    if (rule.isHttps)
        clauses.append({u"https"_qs, {}, u"It is no address of https."_qs});
    if (!rule.sameAs.isEmpty())
        clauses.append({u"same_as"_qs, rule.sameAs, u"It differs from %1."_qs.arg(rule.sameAs)});
    return clauses;
}

/// The first thing that is wrong decides; then what is not known.
VariableReading readVariable(const ContractRule& rule, const QList<Clause>& clauses,
                             const QStringList& verdicts) {
    VariableReading reading{rule.name, Verdict::Pass, {}};
    for (qsizetype i = 0; i < clauses.size(); ++i) {
        const QString& verdict = verdicts[i];
        const bool isPresence = clauses[i].rule == u"required";
        if (verdict == u"absent") {
            if (!rule.isRequired)
                return {rule.name, Verdict::Pass, {}};
            return {rule.name, Verdict::Fail, u"It is not set."_qs};
        }
        if (verdict == u"pass")
            continue;
        if (verdict == u"fail" && isPresence) {
            if (!rule.isRequired)
                return {rule.name, Verdict::Pass, {}};
            return {rule.name, Verdict::Fail, clauses[i].why};
        }
        if (verdict == u"fail")
            return {rule.name, Verdict::Fail, clauses[i].why};
        if (verdict == u"other")
            return {rule.name, Verdict::Fail, u"%1 is not set."_qs.arg(rule.sameAs)};
        reading.verdict = Verdict::Unknown;
        reading.why = u"The place did not say whether %1 holds."_qs.arg(clauses[i].rule);
    }
    return reading;
}

} // namespace

QStringList sourceArguments(const VariableSource& source, const Host& host) {
    using Kind = VariableSource::Kind;
    const auto word = [&source] {
        switch (source.kind) {
        case Kind::Container:
            return u"container"_qs;
        case Kind::File:
            return u"file"_qs;
        case Kind::Process:
            return u"process"_qs;
        case Kind::PidFile:
            return u"pid_file"_qs;
        case Kind::Command:
            break;
        }
        return u"command"_qs;
    };
    const bool isCompose = !source.container.project.isEmpty();
    QString target = source.target;
    if (source.kind == Kind::Container)
        target = isCompose ? source.container.project : source.container.name;
    QString runtime = host.cli;
    if (runtime.isEmpty())
        runtime = host.runtime.isEmpty() ? u"docker"_qs : host.runtime;
    return {word(), runtime, host.usesSudo ? u"yes"_qs : u"no"_qs, target,
            isCompose ? source.container.service : QString()};
}

QStringList checkArguments(const VariableSource& source, const Host& host,
                           const QList<ContractRule>& rules) {
    QStringList arguments{u"check"_qs};
    arguments += sourceArguments(source, host);
    for (const ContractRule& rule : rules) {
        for (const Clause& clause : clausesOf(rule))
            arguments += QStringList{clause.rule, rule.name, clause.wanted};
    }
    return arguments;
}

Result<QMap<int, QString>> readAnswer(const Result<QByteArray>& answer) {
    if (!answer)
        return tl::unexpected(answer.error());
    QMap<int, QString> lines;
    bool isWhole = false;
    for (const QByteArray& line : answer->split('\n')) {
        const qsizetype space = line.indexOf(' ');
        const QString rest = QString::fromUtf8(line.mid(space + 1));
        if (line.startsWith("problem "))
            return failure(ErrorCode::NotReadable, rest.left(longestProblem));
        isWhole = isWhole || line == "end";
        if (space > 0)
            lines.insert(line.left(space).toInt(), rest);
    }
    if (!isWhole)
        return failure(ErrorCode::NotReadable, u"The place broke off before the end."_qs);
    return lines;
}

ContractReading readCheck(const QString& place, const QList<ContractRule>& rules,
                          const Result<QByteArray>& answer, Instant at) {
    ContractReading reading{place, {}, {}, at};
    const Result<QMap<int, QString>> lines = readAnswer(answer);
    if (!lines)
        reading.problem = lines.error().message;
    int number = 0;
    for (const ContractRule& rule : rules) {
        const QList<Clause> clauses = clausesOf(rule);
        QStringList verdicts;
        for (qsizetype i = 0; i < clauses.size(); ++i)
            verdicts.append(lines ? lines->value(++number) : QString());
        reading.variables.append(
            lines ? readVariable(rule, clauses, verdicts)
                  : VariableReading{rule.name, Verdict::Unknown, reading.problem});
    }
    return reading;
}

ContractStanding contractStanding(const QList<ContractReading>& places, Instant now) {
    ContractStanding standing;
    standing.places = places;
    qsizetype failed = 0;
    qsizetype unknown = 0;
    qsizetype all = 0;
    bool isOneNever = places.isEmpty();
    for (ContractReading& reading : standing.places) {
        isOneNever = isOneNever || reading.at.isNull();
        const bool isOld =
            !reading.at.isNull() && now.nanoseconds - reading.at.nanoseconds > longestAge;
        if (standing.at.isNull() || reading.at < standing.at)
            standing.at = reading.at;
        for (VariableReading& variable : reading.variables) {
            if (isOld)
                variable = {variable.name, Verdict::Unknown, u"It was checked too long ago."_qs};
            ++all;
            failed += variable.verdict == Verdict::Fail ? 1 : 0;
            unknown += variable.verdict == Verdict::Unknown ? 1 : 0;
        }
    }
    if (failed > 0) {
        standing.verdict = Verdict::Fail;
        standing.words = u"%1 of %2 variables fail"_qs.arg(failed).arg(all);
    } else if (isOneNever) {
        standing.words = u"not checked yet"_qs;
    } else if (unknown > 0) {
        standing.words = u"%1 of %2 variables unknown"_qs.arg(unknown).arg(all);
    } else {
        standing.verdict = Verdict::Pass;
        standing.words = u"%1 variables pass"_qs.arg(all);
    }
    return standing;
}

} // namespace models
