// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/container/containername.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>

namespace models {

/// What one variable of a service's environment has to be like. A value.
struct ContractRule {
    QString name;
    bool isRequired = false;
    int minLength = 0;          ///< bytes
    QStringList forbidden = {}; ///< values that it must not have: defaults that nobody replaced
    QString pattern = {};       ///< a POSIX extended regular expression for the whole value
    QStringList oneOf = {};     ///< the only values that it may have; empty: any
    bool isHttps = false;       ///< it is a URL of https
    QString sameAs = {};        ///< another variable of the same service with the same value

    bool operator==(const ContractRule&) const = default;
};

/// Where the environment of a service can be seen. A value.
struct VariableSource {
    enum class Kind : std::uint8_t {
        Container, ///< what the container was made with
        File,      ///< target is the absolute path of a .env file
        Process,   ///< target is the name of a process
        PidFile,   ///< target is the absolute path of a file with a process id
        Command,   ///< target is a command for `sh -c` that prints NAME=value lines
    };

    Kind kind = Kind::Container;
    QString target = {};
    ContainerName container = {};
    QStringList places = {}; ///< hosts of the environment, or "local"; at least one

    bool operator==(const VariableSource&) const = default;
};

/// Variables that no two of these environments may share the value of. A value.
struct IsolationRule {
    QStringList variables;
    QStringList environments; ///< of the workspace; at least two

    bool operator==(const IsolationRule&) const = default;
};

} // namespace models
