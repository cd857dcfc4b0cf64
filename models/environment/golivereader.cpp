// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/golivereader.h"

#include "models/environment/conditionnames.h"
#include "models/health/conditiontokens.h"
#include "models/runbook/runbook.h"

#include <algorithm>

namespace models {

namespace {

constexpr std::chrono::milliseconds leastEvery{1'000};
constexpr int mostSamples = 1'000;

class Reader {
public:
    Reader(const Environment& environment, const QList<LogClass>& logClasses,
           Diagnostics& diagnostics)
        : m_environment(environment)
        , m_logClasses(logClasses)
        , m_diagnostics(diagnostics) {}

    void readGates(const YamlNode& node, GateRule& rule) {
        readTime(node.find(u"every"), rule.every);
        rule.every = std::max(rule.every, leastEvery);
        readTime(node.find(u"deadline"), rule.deadline);
        if (const YamlNode* const samples = node.find(u"samples")) {
            bool isNumber = false;
            const int count = textOf(samples).toInt(&isNumber);
            if (!isNumber || count < 1 || count > mostSamples)
                return report(*samples, u"\"samples\" needs a whole number from 1 to %1."_qs.arg(
                                            mostSamples));
            rule.samples = count;
        }
    }

    void readWatch(const YamlNode& node, WatchRule& rule) {
        if (!node.isMap())
            return readTime(&node, rule.time);
        const YamlNode* const time = node.find(u"for");
        if (time == nullptr)
            return report(node, u"\"watch\" needs \"for\", how long it goes on: 15m."_qs);
        readTime(time, rule.time);
        readTime(node.find(u"every"), rule.every);
        rule.every = std::max(rule.every, leastEvery);
        readCoverage(node.find(u"coverage"), rule);
        const YamlNode* const criteria = node.find(u"success");
        if (criteria != nullptr && criteria->isScalar())
            readCriterion(*criteria, rule);
        for (const YamlNode& child : criteria ? criteria->children : QList<YamlNode>())
            readCriterion(child, rule);
    }

    void readAutoRollback(const YamlNode& node, bool& rollsBack) {
        rollsBack = textOf(&node) == u"true";
        const QList<Trigger>& triggers = m_environment.triggers;
        if (rollsBack && m_environment.isProtected)
            report(node,
                   u"\"auto_rollback\" does nothing in \"%1\": it is protected, and there a person "
                   "is asked whether a run is taken back."_qs.arg(m_environment.name),
                   Severity::Warning);
        else if (rollsBack && !triggers.isEmpty() &&
                 std::none_of(triggers.cbegin(), triggers.cend(), [](const Trigger& trigger) {
                     return trigger.severity == Severity::Error;
                 }))
            report(
                node,
                u"\"auto_rollback\" takes a run back for triggers of severity \"error\" alone, and "
                "\"%1\" has none: for those that it has, a person is asked."_qs.arg(
                    m_environment.name),
                Severity::Warning);
    }

private:
    void report(const YamlNode& node, const QString& message, Severity severity = Severity::Error) {
        m_diagnostics.append({node.line, node.column, severity, message});
    }

    void readTime(const YamlNode* node, std::chrono::milliseconds& time) {
        if (node == nullptr)
            return;
        const auto written = durationFromText(textOf(node));
        if (written && written->count() > 0)
            time = *written;
        else
            report(*node,
                   u"\"%1\" is no time. Write one such as 90s, 15m or 24h."_qs.arg(textOf(node)));
    }

    void readCoverage(const YamlNode* node, WatchRule& rule) {
        if (node == nullptr)
            return;
        const auto share = quantityFromText(textOf(node));
        if (share && share->unit == Unit::None && share->number > 0 && share->number <= 1)
            rule.coverage = share->number;
        else
            report(*node, u"\"coverage\" needs a share, such as 95%."_qs);
    }

    void readCriterion(const YamlNode& node, WatchRule& rule) {
        const QString text = textOf(&node);
        const auto condition = Condition::parse(text);
        if (!condition)
            return report(node,
                          u"\"%1\" is no condition: %2"_qs.arg(text, condition.error().message));
        rule.criteria.append(text);
        for (const QString& unknown : unknownNames(*condition, m_environment, m_logClasses))
            report(node, unknown);
    }

    const Environment& m_environment;
    const QList<LogClass>& m_logClasses;
    Diagnostics& m_diagnostics;
};

} // namespace

void readGoLive(const YamlNode& node, const QList<LogClass>& logClasses, Environment& environment,
                Diagnostics& diagnostics) {
    Reader reader(environment, logClasses, diagnostics);
    if (const YamlNode* const gates = node.find(u"gates"); gates != nullptr && gates->isMap())
        reader.readGates(*gates, environment.gates);
    if (const YamlNode* const watch = node.find(u"watch"))
        reader.readWatch(*watch, environment.watch);
    if (const YamlNode* const rollsBack = node.find(u"auto_rollback"))
        reader.readAutoRollback(*rollsBack, environment.autoRollback);
}

} // namespace models
