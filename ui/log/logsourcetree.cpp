// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logsourcetree.h"

#include "app/log/servicelogs.h"
#include "ui/widgets/timeformat.h"

#include <QCoreApplication>
#include <QSet>

namespace ui {

namespace {

using Kind = LogSourceRow::Kind;

struct TreeWords {
    Q_DECLARE_TR_FUNCTIONS(ui::LogSourceTree)
};

QString keyOf(const models::Host& host) {
    return host.name + QLatin1Char('\n') + host.ssh;
}

QString keyOf(const app::LogSource& source) {
    return QStringList{QString::number(int(source.kind)), keyOf(source.host), source.subject(),
                       source.name}
        .join(QLatin1Char('\n'));
}

/// The one that a stream would follow.
const models::Container* containerOf(const app::ContainerList& list, const app::LogSource& source) {
    return source.kind == app::LogSource::Kind::Container
               ? models::findContainer(list.containers, source.container)
               : models::findComposeContainer(list.containers, source.project, source.service);
}

/// With its time, where that is all it has.
QString titleOf(const app::LogFollower::Log& log) {
    if (!log.source || !log.source->span)
        return log.title;
    const app::LogTimeSpan span = *log.source->span;
    const QString from = formatTime(span.from).section(u' ', 0, 0);
    return TreeWords::tr("%1, %2 to %3").arg(log.title, from, formatTime(span.until));
}

class Builder {
public:
    explicit Builder(const LogSourceInput& input)
        : m_input(input) {}

    QList<LogSourceNode> build() {
        QList<LogSourceNode> roots;
        if (LogSourceNode services = servicesNode(); !services.children.isEmpty())
            roots.append(services);
        for (const app::ContainerList& list : m_input.lists)
            roots.append(placeNode(list));
        if (LogSourceNode kept = keptNode(); !kept.children.isEmpty())
            roots.append(kept);
        return roots;
    }

private:
    static LogSourceNode heading(const QString& key, const QString& title) {
        LogSourceNode node;
        node.row.key = key;
        node.row.title = title;
        return node;
    }

    LogSourceNode servicesNode() {
        LogSourceNode node = heading(QStringLiteral("services"), TreeWords::tr("Services"));
        for (const models::Service& service : m_input.environment.services)
            node.children.append(serviceNode(service));
        return node;
    }

    /// With one log the service stands for it; with several, or none, it stands over them.
    LogSourceNode serviceNode(const models::Service& service) {
        QList<app::LogSource> sources;
        for (const models::ServiceLog& log : service.logs) {
            for (const app::LogSource& source : app::logSources(m_input.environment, log)) {
                if (!sources.contains(source))
                    sources.append(source);
            }
        }
        LogSourceNode node;
        if (sources.size() == 1)
            node.row = sourceRow(sources.first());
        node.row.kind = sources.size() == 1 ? Kind::Source : Kind::Service;
        node.row.key = QStringLiteral("service\n") + service.name;
        node.row.title = service.name;
        node.row.service = service.name;
        for (const app::LogSource& source :
             sources.size() == 1 ? QList<app::LogSource>() : sources) {
            LogSourceNode child;
            child.row = sourceRow(source);
            child.row.service = service.name;
            node.children.append(child);
        }
        return node;
    }

    LogSourceRow sourceRow(const app::LogSource& source) {
        LogSourceRow row;
        row.kind = Kind::Source;
        row.key = keyOf(source);
        row.title = source.title();
        row.host = source.host;
        row.source = source;
        row.isOneOfSeveralPlaces = m_input.environment.hosts.size() > 1;
        for (const app::ContainerList& list : m_input.lists) {
            if (!source.isOfRuntime() || list.host != source.host)
                continue;
            row.list = list;
            if (const models::Container* container = containerOf(list, source)) {
                row.container = *container;
                m_placedContainers.insert(keyOf(list.host) + QLatin1Char('\n') + container->id);
            }
        }
        for (const app::LogFollower::Log& log : m_input.logs) {
            if (log.source == source)
                addLog(row, log);
        }
        return row;
    }

    void addLog(LogSourceRow& row, const app::LogFollower::Log& log) {
        row.log = log;
        row.tick = static_cast<int>(m_input.shown.indexOf(log.number));
        m_placedLogs.insert(log.number);
    }

    LogSourceNode placeNode(const app::ContainerList& list) {
        LogSourceNode node;
        node.row.kind = Kind::Place;
        node.row.key = QStringLiteral("place\n") + keyOf(list.host);
        node.row.title = list.host.name;
        node.row.host = list.host;
        node.row.list = list;
        for (const models::ComposeProject& project : models::composeProjects(list.containers)) {
            QList<LogSourceNode> containers;
            for (const models::Container& container : project.containers) {
                const QString key = keyOf(list.host) + QLatin1Char('\n') + container.id;
                if (!m_placedContainers.contains(key))
                    containers.append(containerNode(list, container));
            }
            if (containers.isEmpty())
                continue;
            if (project.name.isEmpty())
                node.children.append(containers);
            else
                node.children.append(projectNode(list, project.name, containers));
        }
        return node;
    }

    static LogSourceNode projectNode(const app::ContainerList& list, const QString& name,
                                     const QList<LogSourceNode>& containers) {
        LogSourceNode node;
        node.row.kind = Kind::Project;
        node.row.key = QStringLiteral("project\n") + name;
        node.row.title = name;
        node.row.host = list.host;
        node.children = containers;
        return node;
    }

    LogSourceNode containerNode(const app::ContainerList& list,
                                const models::Container& container) {
        app::LogSource source;
        source.host = list.host;
        source.container = container.name;
        LogSourceNode node;
        node.row = sourceRow(source);
        node.row.isOneOfSeveralPlaces = false; // it stands below its place
        node.row.container = container;
        return node;
    }

    LogSourceNode keptNode() {
        LogSourceNode node = heading(QStringLiteral("kept"), TreeWords::tr("Opened here"));
        for (const app::LogFollower::Log& log : m_input.logs) {
            if (m_placedLogs.contains(log.number))
                continue;
            LogSourceNode child;
            child.row.kind = Kind::Kept;
            child.row.key = QString::number(log.number);
            child.row.title = titleOf(log);
            child.row.source = log.source;
            if (log.source)
                child.row.host = log.source->host;
            child.row.isOneOfSeveralPlaces = true;
            addLog(child.row, log);
            node.children.append(child);
        }
        return node;
    }

    const LogSourceInput& m_input;
    QSet<QString> m_placedContainers;
    QSet<quint64> m_placedLogs;
};

} // namespace

QList<LogSourceNode> logSourceTree(const LogSourceInput& input) {
    return Builder(input).build();
}

} // namespace ui
