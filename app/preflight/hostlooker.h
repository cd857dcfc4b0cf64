// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/preflight/preflight.h"
#include "models/run/host.h"

#include <functional>
#include <vector>

namespace app {

/// What a host says of its lock and its room. A value.
struct HostLook {
    models::HostFinding lock; ///< Fail: another run changes the environment
    std::vector<models::DiskFinding> disks;
};

/// Looks at hosts for a preflight, and changes nothing there. What is asked and what is answered is
/// on the main thread.
class HostLooker {
public:
    /// Called once, and never after the looker's end.
    using Done = std::function<void(const HostLook&)>;

    HostLooker() = default;
    virtual ~HostLooker() = default;
    Q_DISABLE_COPY_MOVE(HostLooker)

    /// host: without an ssh name it is this machine.
    virtual void look(const models::Host& host, const QString& workspaceId,
                      const QString& environment, Done done) = 0;
};

} // namespace app
