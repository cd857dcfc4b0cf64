// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <cstdint>
#include <optional>

namespace models {

enum class ContainerState : std::uint8_t {
    Unknown, ///< the runtime named one that we do not know
    Created,
    Running,
    Paused,
    Restarting,
    Removing,
    Exited,
    Dead,
};

enum class ContainerHealth : std::uint8_t { None, Starting, Healthy, Unhealthy };

/// What a container uses at one moment.
struct ContainerUsage {
    std::optional<double> processors; ///< busy ones: 0.5 is half of one core
    std::int64_t memory = 0;          ///< bytes, without what the kernel would give back
    std::int64_t memoryLimit = 0;     ///< bytes; 0: none is known
    Instant at;

    bool operator==(const ContainerUsage&) const = default;
};

/// A container as its runtime describes it. All texts are the host's: data. A value.
struct Container {
    QString id;          ///< 64 hexadecimal digits
    QString name;        ///< without the leading slash
    QString image;       ///< as it was asked for: "registry.example.com/portal:1.4"
    QString imageId;     ///< "sha256:…"
    QString imageDigest; ///< of the registry: "sha256:…"; empty where it was built there
    QString revision;    ///< label org.opencontainers.image.revision
    QString composeProject;
    QString composeService;
    ContainerState state = ContainerState::Unknown;
    ContainerHealth health = ContainerHealth::None;
    int restarts = 0;
    std::optional<int> exitCode; ///< where it does not run, and has run
    bool ranOutOfMemory = false;
    bool hasTerminal = false; ///< its log is one stream
    Instant createdAt;
    Instant startedAt;  ///< null: never
    Instant finishedAt; ///< null: never
    std::optional<ContainerUsage> usage;

    [[nodiscard]] bool isRunning() const {
        return state == ContainerState::Running || state == ContainerState::Paused ||
               state == ContainerState::Restarting;
    }

    bool operator==(const Container&) const = default;
};

/// What Compose started together.
struct ComposeProject {
    QString name; ///< empty: those that are in none
    QList<Container> containers;

    bool operator==(const ComposeProject&) const = default;
};

/// By project and, within it, by name; those in none come last.
[[nodiscard]] QList<ComposeProject> composeProjects(const QList<Container>& containers);

/// The one that a workspace means by a name: the name itself, or an id or the beginning of one that
/// no other has. Null where there is none.
[[nodiscard]] const Container* findContainer(const QList<Container>& containers,
                                             const QString& nameOrId);

/// The container of a Compose service: of several one that runs, and of those the newest. Null
/// where there is none.
[[nodiscard]] const Container* findComposeContainer(const QList<Container>& containers,
                                                    const QString& project, const QString& service);

/// The word for it that runtimes use too: "running".
[[nodiscard]] QLatin1String stateName(ContainerState state);
[[nodiscard]] QLatin1String healthName(ContainerHealth health);

} // namespace models

Q_DECLARE_METATYPE(models::Container)
