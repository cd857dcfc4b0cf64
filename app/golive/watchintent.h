// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/intent.h"
#include "models/run/observeddraft.h"

/// What is observed of a run, as events to record. Each is decided on the state as it is when its
/// turn comes: what was recorded meanwhile is not recorded twice.
namespace app::intent {

[[nodiscard]] Intent enterGate(const models::StepId& step, models::Instant now);
[[nodiscard]] Intent observeGate(const models::StepId& step, const models::GateStanding& standing);
[[nodiscard]] Intent armTriggers();
[[nodiscard]] Intent turnTrigger(const QString& trigger, bool holds, const QString& words);
[[nodiscard]] Intent acknowledgeTrigger(const QString& trigger, const QString& reason);
[[nodiscard]] Intent startWatch(models::Instant now);
[[nodiscard]] Intent observeWatch(const models::WatchSpan& span);
/// Its time is over: what it comes to is recorded, and closes the run where that is good.
[[nodiscard]] Intent finishWatch(models::Instant now);
/// A person ends it before its time.
[[nodiscard]] Intent endWatch(const QString& reason);

} // namespace app::intent
