// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/environment/servicereader.h"

#include "models/environment/containerreader.h"
#include "models/environment/contractreader.h"
#include "models/environment/metricreader.h"
#include "models/environment/probereader.h"
#include "models/environment/schema.h"
#include "models/environment/versionreader.h"

#include <algorithm>

namespace models {

QLatin1String serviceActionKey(ServiceActionKind kind) {
    switch (kind) {
    case ServiceActionKind::Restart:
        return QLatin1String("restart");
    case ServiceActionKind::Stop:
        return QLatin1String("stop");
    case ServiceActionKind::Start:
        return QLatin1String("start");
    case ServiceActionKind::Pull:
        return QLatin1String("pull");
    case ServiceActionKind::Recreate:
        return QLatin1String("recreate");
    }
    return {};
}

namespace {

class Reader {
public:
    Reader(const YamlNode& node, const Environment& environment, Diagnostics& diagnostics)
        : m_node(node)
        , m_environment(environment)
        , m_diagnostics(diagnostics) {}

    Service read() {
        m_service.name = m_node.key;
        readHosts();
        m_service.dependsOn = textsOf(m_node.find(u"depends_on"));
        m_service.places = ownPlaces();
        m_service.container = readContainerName(m_node, m_service.name, m_diagnostics);
        readLogs();
        m_service.references = readReferences(m_node);
        const PlacesOf places = [this](const YamlNode& node) { return placesFor(node); };
        m_service.probes = readProbes(m_node, places, m_diagnostics);
        for (Probe& probe : m_service.probes)
            probe.references = m_service.references;
        readVersion(m_node, places, m_service, m_diagnostics);
        readContract(m_node, places, m_service, m_diagnostics);
        if (const YamlNode* actions = m_node.find(u"actions"); actions && actions->isMap()) {
            for (const ServiceActionKind kind : serviceActionKinds) {
                if (const YamlNode* action = actions->find(QString(serviceActionKey(kind))))
                    readAction(kind, *action);
            }
        }
        if (const YamlNode* const rollback = m_node.find(u"rollback"))
            report(*rollback,
                   QStringLiteral("\"rollback\" of a service has no effect: the way back is the "
                                  "section \"Rollback\" of a runbook. Write the command there."),
                   Severity::Warning);
        return m_service;
    }

private:
    void report(const YamlNode& node, const QString& message, Severity severity = Severity::Error) {
        m_diagnostics.append({node.line, node.column, severity, message});
    }

    void readHosts() {
        const YamlNode* const one = m_node.find(u"host");
        if (one != nullptr && one->isScalar() && checkHost(*one, m_environment, m_diagnostics))
            m_service.hosts.append(one->text);
        const YamlNode* const several = m_node.find(u"hosts");
        if (several == nullptr || !several->isSequence())
            return;
        for (const YamlNode& host : several->children) {
            if (host.isScalar() && checkHost(host, m_environment, m_diagnostics) &&
                !m_service.hosts.contains(host.text))
                m_service.hosts.append(host.text);
        }
    }

    [[nodiscard]] QStringList ownPlaces() const {
        if (!m_service.hosts.isEmpty())
            return m_service.hosts;
        const QString usual = m_environment.usualPlace();
        return usual.isEmpty() ? QStringList() : QStringList{usual};
    }

    QStringList placesFor(const YamlNode& owner) {
        if (const auto named = namedPlace(owner, m_environment, m_diagnostics))
            return named->isEmpty() ? QStringList() : QStringList{*named};
        if (!m_service.places.isEmpty())
            return m_service.places;
        // A host that was named wrongly has been told already.
        if (m_node.find(u"host") == nullptr && m_node.find(u"hosts") == nullptr)
            report(owner,
                   QStringLiteral("Nothing says where this is. Give the service \"%1\" a \"host\", "
                                  "or the environment a \"default_host\".")
                       .arg(m_service.name),
                   Severity::Warning);
        return {};
    }

    void readLogs() {
        if (const YamlNode* logs = m_node.find(u"logs"); logs && logs->kind != YamlKind::Null) {
            if (logs->isMap())
                readLog(*logs);
            for (const YamlNode& log : logs->isSequence() ? logs->children : QList<YamlNode>())
                readLog(log);
            return;
        }
        if (m_service.container)
            readLog(m_node);
    }

    void readLog(const YamlNode& node) {
        if (!node.isMap())
            return; // reported by the schema
        ServiceLog log;
        if (!readSubject(node, log))
            return;
        if (&node != &m_node)
            log.name = textOf(node.find(u"name"));
        log.places = placesFor(node);
        if (!log.places.isEmpty())
            m_service.logs.append(log);
    }

    /// The one thing that it names.
    bool readSubject(const YamlNode& node, ServiceLog& log) {
        QStringList there;
        for (const QStringView key : {u"container", u"compose", u"command", u"file", u"journal"}) {
            if (&node != &m_node && node.find(key) != nullptr)
                there.append(key.toString());
        }
        if (there.isEmpty() && &node != &m_node && hasUnknownKey(node))
            return false; // reported by the schema, with the key that was meant
        if (&node != &m_node && there.size() != 1) {
            report(node, there.isEmpty()
                             ? QStringLiteral("A log source needs one of: container, compose, "
                                              "command, file, journal.")
                             : QStringLiteral("A log source is one thing, and this one has %1. "
                                              "Write an item for each.")
                                   .arg(there.join(QStringLiteral(" and "))));
            return false;
        }
        if (&node == &m_node)
            return takeContainer(m_service.container, log);
        if (node.find(u"container") != nullptr || node.find(u"compose") != nullptr)
            return takeContainer(readContainerName(node, m_service.name, m_diagnostics), log);
        if (const YamlNode* command = node.find(u"command"))
            return readCommand(*command, log);
        if (const YamlNode* file = node.find(u"file"))
            return readFile(*file, log);
        log.kind = ServiceLog::Kind::Journal;
        const YamlNode& unit = *node.find(u"journal");
        log.unit = unit.text;
        return checkWord(unit, QStringLiteral("a unit"), m_diagnostics);
    }

    static bool hasUnknownKey(const YamlNode& log) {
        return std::any_of(log.children.cbegin(), log.children.cend(), [](const YamlNode& child) {
            return child.key != QLatin1String("name") && child.key != QLatin1String("on");
        });
    }

    bool takeContainer(const std::optional<ContainerName>& container, ServiceLog& log) {
        if (!container)
            return false;
        log.kind =
            container->project.isEmpty() ? ServiceLog::Kind::Container : ServiceLog::Kind::Compose;
        log.container = container->name;
        log.project = container->project;
        log.service = container->service;
        return true;
    }

    bool readCommand(const YamlNode& node, ServiceLog& log) {
        log.kind = ServiceLog::Kind::Command;
        log.command = textOf(&node).trimmed();
        if (node.isScalar() && log.command.isEmpty())
            report(node, QStringLiteral("The command of this log source is empty."));
        return !log.command.isEmpty();
    }

    bool readFile(const YamlNode& node, ServiceLog& log) {
        log.kind = ServiceLog::Kind::File;
        log.path = textOf(&node);
        const bool isWhole = log.path.startsWith(QLatin1Char('/'));
        if (node.isScalar() && !isWhole)
            report(node, QStringLiteral("\"%1\" is to be the whole path of the log, from / on.")
                             .arg(log.path));
        return isWhole;
    }

    void readAction(ServiceActionKind kind, const YamlNode& node) {
        const YamlNode* const command = node.isMap() ? node.find(u"command") : &node;
        ServiceAction action;
        action.command = textOf(command).trimmed();
        if (action.command.isEmpty()) {
            if (command == nullptr || command->isScalar())
                report(node, QStringLiteral("\"%1\" needs the command that does it.")
                                 .arg(QString(serviceActionKey(kind))));
            return;
        }
        if (node.isMap())
            action.timeLimit = textOf(node.find(u"timeout"));
        action.written = {command->line, command->column};
        action.places = placesFor(node);
        if (!action.places.isEmpty())
            m_service.actions.insert(kind, action);
    }

    const YamlNode& m_node;
    const Environment& m_environment;
    Diagnostics& m_diagnostics;
    Service m_service;
};

} // namespace

void reportUnknownName(const YamlNode& node, const QString& what, const QString& name,
                       const QStringList& known, Diagnostics& diagnostics) {
    diagnostics.append({node.line, node.column, Severity::Error, noSuchName(what, name, known)});
}

bool checkHost(const YamlNode& node, const Environment& environment, Diagnostics& diagnostics) {
    if (node.text == localPlace)
        return true;
    QStringList known;
    for (const Host& host : environment.hosts)
        known.append(host.name);
    if (known.contains(node.text))
        return true;
    reportUnknownName(node, QStringLiteral("host"), node.text, known, diagnostics);
    return false;
}

std::optional<QString> namedPlace(const YamlNode& node, const Environment& environment,
                                  Diagnostics& diagnostics) {
    const YamlNode* const on = node.find(u"on");
    if (on == nullptr || !on->isScalar())
        return std::nullopt;
    return checkHost(*on, environment, diagnostics) ? on->text : QString();
}

Service readService(const YamlNode& node, const Environment& environment,
                    Diagnostics& diagnostics) {
    return Reader(node, environment, diagnostics).read();
}

} // namespace models
