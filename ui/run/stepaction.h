// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/hosts.h"
#include "ui/run/nextaction.h"

namespace ui {

/// What comes next at one leaf of a run that is driven here, as it stands; nothing at one that is
/// done.
[[nodiscard]] NextAction stepAction(const models::RunState& state, int planIndex);

/// What can be done now to one host alone, of a step that has several: Retry (or its first start),
/// AskAgain, MarkPassed, JudgePassed, JudgeFailed.
[[nodiscard]] QList<Act> hostActs(const models::RunState& state, RunAccess access, int planIndex,
                                  const models::HostProgress& host);

} // namespace ui
