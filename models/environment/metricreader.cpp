// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/metricreader.h"

#include "models/environment/conditionnames.h"
#include "models/environment/riskreader.h"
#include "models/environment/schema.h"
#include "models/environment/servicereader.h"
#include "models/health/conditiontokens.h"
#include "models/runbook/runbook.h"

#include <QRegularExpression>
#include <QUrl>

namespace models {

namespace {

constexpr std::chrono::milliseconds leastEvery{1'000};

class Reader {
public:
    Reader(const YamlNode& node, const QList<LogClass>& logClasses, Environment& environment,
           Diagnostics& diagnostics)
        : m_node(node)
        , m_logClasses(logClasses)
        , m_environment(environment)
        , m_diagnostics(diagnostics) {}

    void read() {
        if (const YamlNode* const server = m_node.find(u"prometheus"))
            readServer(*server);
        const YamlNode* const metrics = m_node.find(u"metrics");
        for (const YamlNode& metric : metrics && metrics->isMap() ? metrics->children : none)
            readMetric(metric);
        const YamlNode* const triggers = m_node.find(u"triggers");
        for (const YamlNode& trigger :
             triggers && triggers->isSequence() ? triggers->children : none)
            readTrigger(trigger);
    }

private:
    void report(const YamlNode& node, const QString& message) {
        m_diagnostics.append({node.line, node.column, Severity::Error, message});
    }

    void readServer(const YamlNode& node) {
        const YamlNode* const address = node.isMap() ? node.find(u"url") : &node;
        PrometheusServer server;
        server.url = textOf(address).trimmed();
        const QUrl url(server.url, QUrl::StrictMode);
        const bool isGood = (url.scheme() == u"http" || url.scheme() == u"https") &&
                            !url.host().isEmpty() && url.userInfo().isEmpty() && !url.hasQuery();
        if (!isGood)
            return report(address != nullptr ? *address : node,
                          u"\"prometheus\" needs the address of the server, such as "
                          "https://prometheus.example.com. A password has a key of its own."_qs);
        server.bearer = secret(node.find(u"bearer"));
        server.user = textOf(node.find(u"user"));
        server.password = secret(node.find(u"password"));
        if (const auto limit = durationFromText(textOf(node.find(u"timeout"))))
            server.timeLimit = *limit;
        m_environment.prometheus = server;
    }

    /// A reference of a secret. A value is refused, and not repeated.
    QString secret(const YamlNode* node) {
        const QString text = textOf(node);
        if (text.isEmpty() || isSecretReference(text))
            return text;
        report(*node, u"\"%1\" must be a reference, never a value: keychain:NAME, env:NAME, "
                      "command:… or prompt. Take the value out of this file, and out of its "
                      "history."_qs.arg(node->key));
        return {};
    }

    void readMetric(const YamlNode& node) {
        if (!node.isMap())
            return; // reported by the schema
        // It is a name of the condition language, and must not hide another one of them.
        static const QRegularExpression name(u"^[A-Za-z_][A-Za-z0-9_]*\\z"_qs);
        Metric metric;
        metric.name = node.key;
        if (!name.match(node.key).hasMatch() || m_environment.serviceNames().contains(node.key))
            return report(node, u"\"%1\" cannot be the name of a metric: letters, digits and "
                                "underscores, and not the name of a service."_qs.arg(node.key));
        const YamlNode* const query = node.find(u"prometheus");
        const YamlNode* const command = node.find(u"command");
        if ((query == nullptr) == (command == nullptr))
            return report(node, u"The metric \"%1\" needs either \"prometheus\", a query, or "
                                "\"command\"."_qs.arg(node.key));
        metric.kind = query != nullptr ? Metric::Kind::Prometheus : Metric::Kind::Command;
        metric.query = textOf(query != nullptr ? query : command).trimmed();
        if (metric.query.isEmpty())
            return report(node, u"The metric \"%1\" asks nothing."_qs.arg(node.key));
        if (query != nullptr && !m_environment.prometheus)
            return report(*query, u"This environment has no \"prometheus\" to ask."_qs);
        if (command != nullptr && !readPlace(node, metric))
            return;
        readScale(node, metric);
        if (const auto every = durationFromText(textOf(node.find(u"every"))))
            metric.every = std::max(*every, leastEvery);
        m_environment.metrics.append(metric);
    }

    bool readPlace(const YamlNode& node, Metric& metric) {
        const std::optional<QString> named = namedPlace(node, m_environment, m_diagnostics);
        metric.place = named ? *named : m_environment.usualPlace();
        if (!named && metric.place.isEmpty())
            report(node, u"Nothing says where the command of the metric \"%1\" runs. Add "
                         "\"on: HOST\"."_qs.arg(node.key));
        return !metric.place.isEmpty();
    }

    void readScale(const YamlNode& node, Metric& metric) {
        const YamlNode* const unit = node.find(u"unit");
        if (const auto scale = scaleFromWord(textOf(unit)))
            metric.scale = *scale;
        else
            report(*unit, u"\"%1\" is no unit of a metric. There are: ratio, percent, s, ms, "
                          "bytes."_qs.arg(textOf(unit)));
    }

    void readTrigger(const YamlNode& node) {
        if (!node.isMap())
            return;
        Trigger trigger{textOf(node.find(u"name")), textOf(node.find(u"when")),
                        textOf(node.find(u"clear"))};
        if (trigger.when.isEmpty())
            return report(node, u"A trigger needs \"when\", a condition."_qs);
        if (trigger.name.isEmpty())
            trigger.name = trigger.when;
        trigger.severity = triggerSeverity(readSeverity(node, u"a trigger"_qs, m_diagnostics))
                               .value_or(Severity::Error);
        if (const auto every = durationFromText(textOf(node.find(u"every"))))
            trigger.every = std::max(*every, leastEvery);
        checkNames(node.find(u"when"));
        checkNames(node.find(u"clear"));
        // What is no condition was reported by the schema.
        if (TriggerWatch::make(trigger))
            m_environment.triggers.append(trigger);
    }

    void checkNames(const YamlNode* node) {
        const auto condition = Condition::parse(textOf(node));
        for (const QString& unknown :
             condition ? unknownNames(*condition, m_environment, m_logClasses) : QStringList())
            report(*node, unknown);
    }

    static inline const QList<YamlNode> none;
    const YamlNode& m_node;
    const QList<LogClass>& m_logClasses;
    Environment& m_environment;
    Diagnostics& m_diagnostics;
};

} // namespace

QMap<QString, Quantity> readReferences(const YamlNode& service) {
    QMap<QString, Quantity> references;
    for (const QString& key : {u"sla"_qs, u"baseline"_qs}) {
        const YamlNode* const node = service.find(key);
        for (const YamlNode& child : node && node->isMap() ? node->children : QList<YamlNode>()) {
            if (const auto amount = quantityFromText(textOf(&child)))
                references.insert(key + u'.' + child.key, *amount);
        }
    }
    return references;
}

void readObserved(const YamlNode& node, const QList<LogClass>& logClasses, Environment& environment,
                  Diagnostics& diagnostics) {
    Reader(node, logClasses, environment, diagnostics).read();
}

} // namespace models
