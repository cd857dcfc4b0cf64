// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/container/containername.h"

#include <QLatin1String>
#include <QString>
#include <QStringList>

#include <chrono>
#include <cstdint>

namespace models {

/// How one can see which version of a service is deployed. A value.
struct VersionProbe {
    enum class Kind : std::uint8_t {
        Http,    ///< target is a URL that answers with JSON
        Command, ///< target is a command for `sh -c`, at each of places
        Image,   ///< target is a label of the container's image, at each of places
    };

    Kind kind = Kind::Http;
    QString target;
    /// Where in the JSON it stands, names with dots between: "build.commit". Empty, of Command:
    /// what comes back is the version itself.
    QString field = {};
    ContainerName container = {}; ///< of Image
    QStringList places = {};      ///< hosts of the environment, or "local"; none for Http
    std::chrono::milliseconds every{60'000};
    std::chrono::milliseconds timeLimit{10'000};

    bool operator==(const VersionProbe&) const = default;
};

/// Where the commits of a service are looked up, and which of them it should be at. A value.
struct VersionSource {
    QString repository; ///< a folder, absolute or relative to the workspace; empty: the workspace
    QString expected;   ///< a commit, or a branch or tag there; empty: nothing is expected

    bool operator==(const VersionSource&) const = default;
};

/// The label by which an image tells its commit (OCI image specification, annotations).
inline constexpr QLatin1String revisionLabel("org.opencontainers.image.revision");

} // namespace models
