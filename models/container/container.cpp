// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/container/container.h"

#include <QMap>

#include <algorithm>
#include <utility>

namespace models {
namespace {

/// Fewer digits are as likely to be a name.
constexpr qsizetype shortestId = 6;

} // namespace

QList<ComposeProject> composeProjects(const QList<Container>& containers) {
    QMap<QString, QList<Container>> byName;
    for (const Container& container : containers)
        byName[container.composeProject].append(container);
    QList<ComposeProject> projects;
    for (auto it = byName.begin(); it != byName.end(); ++it) {
        std::sort(it->begin(), it->end(), [](const Container& left, const Container& right) {
            return left.name < right.name;
        });
        projects.append({it.key(), *it});
    }
    if (!projects.isEmpty() && projects.first().name.isEmpty())
        projects.append(projects.takeFirst());
    return projects;
}

const Container* findContainer(const QList<Container>& containers, const QString& nameOrId) {
    const Container* found = nullptr;
    for (const Container& container : containers) {
        if (container.name == nameOrId)
            return &container;
    }
    if (nameOrId.size() < shortestId)
        return nullptr;
    for (const Container& container : containers) {
        if (!container.id.startsWith(nameOrId))
            continue;
        if (found)
            return nullptr;
        found = &container;
    }
    return found;
}

const Container* findComposeContainer(const QList<Container>& containers, const QString& project,
                                      const QString& service) {
    const Container* best = nullptr;
    for (const Container& one : containers) {
        if (one.composeProject != project || one.composeService != service)
            continue;
        if (!best || std::pair(one.isRunning(), one.createdAt) >
                         std::pair(best->isRunning(), best->createdAt))
            best = &one;
    }
    return best;
}

QLatin1String stateName(ContainerState state) {
    switch (state) {
    case ContainerState::Unknown:
        return QLatin1String("unknown");
    case ContainerState::Created:
        return QLatin1String("created");
    case ContainerState::Running:
        return QLatin1String("running");
    case ContainerState::Paused:
        return QLatin1String("paused");
    case ContainerState::Restarting:
        return QLatin1String("restarting");
    case ContainerState::Removing:
        return QLatin1String("removing");
    case ContainerState::Exited:
        return QLatin1String("exited");
    case ContainerState::Dead:
        return QLatin1String("dead");
    }
    Q_UNREACHABLE();
}

QLatin1String healthName(ContainerHealth health) {
    switch (health) {
    case ContainerHealth::None:
        return QLatin1String("none");
    case ContainerHealth::Starting:
        return QLatin1String("starting");
    case ContainerHealth::Healthy:
        return QLatin1String("healthy");
    case ContainerHealth::Unhealthy:
        return QLatin1String("unhealthy");
    }
    Q_UNREACHABLE();
}

} // namespace models
