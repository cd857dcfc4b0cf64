// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

/// Name of this machine among the places.
inline constexpr QLatin1String localPlace("local");

/// A host of an environment, as gantry.yaml has it. A value.
struct Host {
    QString name;
    QString ssh; ///< user@host, ssh://…, or an alias of ~/.ssh/config; empty: not recorded
    QString runtime = {};  ///< "docker", "podman", "none"; empty: whichever is there
    QString cli = {};      ///< the runtime's command where it is not the runtime's name
    QString socket = {};   ///< absolute path of the runtime's API socket at the host
    bool usesSudo = false; ///< commands there need sudo, without a password
    QString lockDir = {};  ///< absolute; empty: below the state directory

    bool operator==(const Host&) const = default;
};

} // namespace models
