// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/healthcourse.h"
#include "models/run/runstate.h"

namespace app {

class EnvironmentWatch;

/// How the services of the run's environment fared from its start to its end, or to now, and when
/// many log lines of a class came at once; what is not known is left out, and of another
/// workspace's run all. Main thread.
[[nodiscard]] models::HealthCourse courseOf(const EnvironmentWatch& watch,
                                            const models::RunState& run, models::Instant now);

} // namespace app
