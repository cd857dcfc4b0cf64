// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runtimeline.h"

namespace app {

class HealthService;

/// How the services of the run's environment fared from its start to its end, or to now; those of
/// which nothing is known are left out, and of another workspace's run all. Main thread.
[[nodiscard]] models::HealthCourse courseOf(const HealthService& health,
                                            const models::RunState& run, models::Instant now);

} // namespace app
