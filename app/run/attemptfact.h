// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/outputrecorder.h"
#include "models/run/event.h"
#include "models/run/runstate.h"

namespace app {

/// The fact that ends an attempt: what its place recorded, judged by what the step expects of its
/// output. attempt: as it was begun. cancelRemark: what is left of it after a cancel; may be empty.
[[nodiscard]] models::EventDraft attemptFact(const models::Step& step, models::Attempt attempt,
                                             const AttemptRecord& record,
                                             const OutputRecorder& output,
                                             const QString& cancelRemark);

} // namespace app
