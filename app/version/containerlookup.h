// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/container/container.h"
#include "models/container/containername.h"
#include "models/core/result.h"
#include "models/run/host.h"

#include <chrono>
#include <functional>

namespace app {

/// Looks at single containers of places. What is asked and what is answered is on the main thread.
class ContainerLookup {
public:
    /// Called once, and never after the lookup's end.
    using Done = std::function<void(const models::Result<models::Container>&)>;

    ContainerLookup() = default;
    virtual ~ContainerLookup() = default;
    Q_DISABLE_COPY_MOVE(ContainerLookup)

    /// host: without an ssh name it is this machine.
    virtual void look(const models::Host& host, const models::ContainerName& name,
                      std::chrono::milliseconds timeLimit, Done done) = 0;
};

} // namespace app
