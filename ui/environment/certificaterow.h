// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/environment/releaserows.h"

#include <optional>

namespace app {
class HealthService;
}

namespace ui {

/// Of the certificates that the probes of an environment look at the one that ends first, as that
/// probe stands; unknown where any of them was not seen. Nothing where no probe looks at one.
[[nodiscard]] std::optional<ReleaseRow>
certificateRow(const app::HealthService& health, const QString& environment, models::Instant now);

} // namespace ui
