// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

namespace models {

/// Services that go to one version together, so that it is asked for once. A value.
struct Release {
    QStringList services; ///< in the order of the file; empty: the run as a whole

    bool operator==(const Release&) const = default;
};

/// What a run of the plan can be about in the environment: the services whose version can be seen,
/// and where it can be of none, all. Together go those that are expected at the same revision of
/// the same repository, and all of them where commands of the plan know one version alone:
/// TARGET_VERSION, and no TARGET_VERSION_SERVICE. At least one.
[[nodiscard]] QList<Release> releasesOf(const Environment& environment, const Plan& plan);

} // namespace models
