// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/conditionnames.h"

#include "models/environment/schema.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace models {
namespace {

/// What an answer has, whatever the probe: see ReplySource.
const QStringList& wordsOfAnswers() {
    static const QStringList words = [] {
        QStringList all{u"body"_qs,  u"exit"_qs, u"output"_qs,
                        u"probe"_qs, u"sla"_qs,  u"baseline"_qs};
        for (const Probe::Kind kind : probeKinds)
            all.append(probeWord(kind));
        return all;
    }();
    return words;
}

class Names {
public:
    Names(const Environment& environment, const QList<LogClass>& logClasses)
        : m_environment(environment)
        , m_services(environment.serviceNames()) {
        for (const Metric& metric : environment.metrics)
            m_metrics.append(metric.name);
        for (const LogClass& one : logClasses)
            m_logClasses.append(one.name);
    }

    /// Empty: all of it is known.
    [[nodiscard]] QString unknown(const HealthPath& path) const {
        const QString first = path.value(0).name;
        if (isLogPath(path) && !m_logClasses.contains(path.last().name))
            return noSuchName(u"class under log_classes"_qs, path.last().name, m_logClasses);
        if (first == u"target" || (isLogPath(path) && path.size() == 2) ||
            (path.size() == 1 && m_metrics.contains(first)))
            return {};
        const qsizetype service = m_services.indexOf(first);
        if (service >= 0)
            return isLogPath(path) ? QString()
                                   : unknownOf(m_environment.services[service], path.mid(1));
        // Where there is one service, it may be left out.
        if (m_services.size() == 1 && knows(m_environment.services.first(), first))
            return {};
        return noSuchName(u"service or metric"_qs, first, m_services + m_metrics);
    }

private:
    [[nodiscard]] static QStringList probesOf(const Service& service) {
        QStringList names;
        for (const Probe& probe : service.probes)
            names.append(probe.name);
        names.removeAll(QString());
        return names;
    }

    [[nodiscard]] static bool knows(const Service& service, const QString& word) {
        return wordsOfAnswers().contains(word) || probesOf(service).contains(word);
    }

    [[nodiscard]] static QString unknownOf(const Service& service, const HealthPath& rest) {
        const QString word = rest.value(0).name;
        const QString reference = pathText(rest);
        if (word == u"sla" || word == u"baseline")
            return service.references.contains(reference)
                       ? QString()
                       : noSuchName(u"number of %1"_qs.arg(service.name), reference,
                                    service.references.keys());
        if (rest.isEmpty() || knows(service, word))
            return {};
        return noSuchName(u"probe of %1"_qs.arg(service.name), word,
                          probesOf(service) + wordsOfAnswers());
    }

    const Environment& m_environment;
    const QStringList m_services;
    QStringList m_metrics;
    QStringList m_logClasses;
};

/// A person passes a gate whose words are none of the condition language; these were meant to be.
bool looksLikeCondition(const QString& text) {
    static const QRegularExpression sign(u"[<>=(]"_qs);
    return sign.match(text).hasMatch();
}

} // namespace

QStringList unknownNames(const Condition& condition, const Environment& environment,
                         const QList<LogClass>& logClasses) {
    const Names names(environment, logClasses);
    QStringList unknown;
    for (const HealthPath& path : condition.paths())
        unknown.append(names.unknown(path));
    unknown.removeAll(QString());
    unknown.removeDuplicates();
    return unknown;
}

QStringList unknownNamesOfProbe(const Condition& pass) {
    QStringList unknown;
    for (const HealthPath& path : pass.paths()) {
        const QString word = path.value(0).name;
        if (!wordsOfAnswers().contains(word))
            unknown.append(noSuchName(u"part of a probe's answer"_qs, word, wordsOfAnswers()));
    }
    unknown.removeDuplicates();
    return unknown;
}

Diagnostics checkConditions(const Workspace& workspace, const Runbook& runbook) {
    const QStringList& isFor = runbook.frontMatter.environments;
    Diagnostics found;
    for (const Step& step : runbook.steps) {
        if (step.condition.isEmpty())
            continue;
        const auto report = [&found, &step](Severity severity, const QString& message) {
            found.append({step.range.first, 1, severity, message});
        };
        const auto condition = Condition::parse(step.condition);
        if (!condition) {
            if (looksLikeCondition(step.condition))
                report(Severity::Warning,
                       u"“%1” is no condition, and is left to a person. %2"_qs.arg(
                           step.condition, condition.error().message));
            continue;
        }
        std::map<QString, QStringList> lacking; // message → environments
        qsizetype environments = 0;
        for (const Environment& environment : workspace.environments) {
            if (!isFor.isEmpty() && !isFor.contains(environment.name, Qt::CaseInsensitive))
                continue;
            ++environments;
            for (const QString& one : unknownNames(*condition, environment, workspace.logClasses))
                lacking[one].append(environment.name);
        }
        for (const auto& [message, names] : lacking)
            report(names.size() == environments && !workspace.isLoneFile ? Severity::Error
                                                                         : Severity::Warning,
                   u"In %1: %2"_qs.arg(names.join(u", "), message));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.line < b.line; });
    return found;
}

} // namespace models
