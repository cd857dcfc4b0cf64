// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/container/container.h"
#include "models/core/result.h"
#include "models/run/host.h"

#include <QMetaType>

#include <cstdint>
#include <optional>

namespace app {

/// The containers of one place as they were last known. A value.
struct ContainerList {
    enum class State : std::uint8_t {
        Looking, ///< nothing is known so far
        Known,
        Stale,  ///< what is known cannot be brought up to date: see error
        Failed, ///< nothing is known: see error
    };

    models::Host host; ///< without an ssh name: this machine
    State state = State::Looking;
    QString runtime;                     ///< "podman 4.3.1"; empty: none was found
    QList<models::Container> containers; ///< by name
    std::optional<models::Error> error;
    models::Instant at; ///< when containers was right; null: never

    bool operator==(const ContainerList&) const = default;
};

} // namespace app

Q_DECLARE_METATYPE(app::ContainerList)
