// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

/// The container that a workspace means: by its name, or as the service of a Compose project. A
/// value.
struct ContainerName {
    QString name;
    QString project = {};
    QString service = {}; ///< of the project

    bool operator==(const ContainerName&) const = default;
};

} // namespace models
