// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>

namespace models {

struct PlanContext;
struct Step;

/// The "document" of a service's action: it is made from the workspace file.
inline constexpr QLatin1String actionDocumentPath("gantry.yaml");

/// Whether the run is a service's action, one command of its own.
[[nodiscard]] bool isOfAction(const PlanContext& context);

/// Whether the start of the step changes something: that of any command or manual step does, but
/// for one that says `readonly`, a GET or HEAD request, a check, a gate, a wait and an approval.
[[nodiscard]] bool isChange(const Step& step);

/// Whether the step says of itself that nothing takes it back: the point of no return.
[[nodiscard]] bool isIrreversible(const Step& step);

} // namespace models
