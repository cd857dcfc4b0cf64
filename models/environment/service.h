// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contract/contract.h"
#include "models/core/diagnostic.h"
#include "models/health/probe.h"
#include "models/version/versionprobe.h"

#include <QLatin1String>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <array>
#include <cstdint>
#include <optional>

namespace models {

/// Where lines of a service are to be had, as gantry.yaml names it. A value.
struct ServiceLog {
    enum class Kind : std::uint8_t {
        Container, ///< container
        Compose,   ///< project and service
        Command,   ///< command
        File,      ///< path
        Journal,   ///< unit
    };

    Kind kind = Kind::Container;
    QString name;       ///< for people; empty: what it names
    QStringList places; ///< hosts of the environment, or "local"; at least one
    QString container = {};
    QString project = {};
    QString service = {}; ///< of the Compose project
    QString command = {}; ///< for `sh -c`
    QString path = {};    ///< absolute
    QString unit = {};

    bool operator==(const ServiceLog&) const = default;
};

/// What can be done to a service by a command that the workspace names.
enum class ServiceActionKind : std::uint8_t { Restart, Stop, Start, Pull, Recreate };

inline constexpr std::array serviceActionKinds{ServiceActionKind::Restart, ServiceActionKind::Stop,
                                               ServiceActionKind::Start, ServiceActionKind::Pull,
                                               ServiceActionKind::Recreate};

/// The key in gantry.yaml, which is also the word for it: "restart".
[[nodiscard]] QLatin1String serviceActionKey(ServiceActionKind kind);

/// A command of the workspace, and where it runs. A value.
struct ServiceAction {
    QString command;      ///< for `sh`; may hold placeholders and variables, as a step's
    QStringList places;   ///< hosts of the environment, or "local"; at least one
    QString timeLimit;    ///< "5m"; empty: none
    TextPosition written; ///< in gantry.yaml

    bool operator==(const ServiceAction&) const = default;
};

/// Something deployed in an environment. A value.
struct Service {
    QString name;
    QStringList hosts; ///< declared for it, in the order of the file; may be empty
    /// Where it is: its hosts, else the environment's default host, else this machine where there
    /// are no hosts. Empty: nothing says it.
    QStringList places = {};
    /// What it names, and where it names nothing, the container that it is.
    QList<ServiceLog> logs;
    QList<Probe> probes;
    /// What is promised of it and what is usual: "sla.p95", "baseline.p95".
    QMap<QString, Quantity> references;
    QMap<ServiceActionKind, ServiceAction> actions;
    std::optional<ContainerName> container = {}; ///< that it is
    std::optional<VersionProbe> version = {};
    VersionSource source = {};
    /// Where its environment can be seen: what it names, else its container.
    std::optional<VariableSource> variables = {};
    QStringList dependsOn = {};        ///< services of its environment that are to be there first
    QList<ContractRule> contract = {}; ///< what its environment has to be like

    bool operator==(const Service&) const = default;
};

} // namespace models
