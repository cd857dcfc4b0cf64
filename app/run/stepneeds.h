// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"

#include "models/run/resolve.h"

namespace app {

/// What the step still needs; shared by the window, the engine and the automatic runner.
[[nodiscard]] StepNeeds needsOf(const models::RunState& state, int planIndex);
/// How a person wants a step to be run this time, as what resolves it reads it.
[[nodiscard]] models::Selection selectionFrom(const StartOptions& options);
/// What a start would run, and where; where it cannot be resolved yet, the document's text and why.
[[nodiscard]] ResolvedCommand resolvedCommand(const models::RunState& state, int planIndex,
                                              const StartOptions& options);

} // namespace app
