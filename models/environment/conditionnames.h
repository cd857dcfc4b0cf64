// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/environment/workspace.h"

namespace models {

/// What the condition names and nothing of this environment answers to, a sentence each with what
/// was probably meant: a service, a metric, a probe of a service, a class of log lines. Such a
/// condition would be unknown for ever. Pure.
[[nodiscard]] QStringList unknownNames(const Condition& condition, const Environment& environment,
                                       const QList<LogClass>& logClasses);

/// The same of what a probe passes on, which knows its own answer alone.
[[nodiscard]] QStringList unknownNamesOfProbe(const Condition& pass);

/// Whether the gates and checks of a runbook hold conditions that can be decided in each
/// environment that the runbook is for. Sorted by line; lines are the runbook's. Pure.
///
/// What one environment knows and another lacks is a warning, as is a condition that cannot be
/// read: a person passes it. It is an error where no environment knows it.
[[nodiscard]] Diagnostics checkConditions(const Workspace& workspace, const Runbook& runbook);

} // namespace models
