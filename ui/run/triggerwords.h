// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/observations.h"

namespace ui {

/// Of the triggers that hold, those that wait for a person, gravest first.
[[nodiscard]] QList<models::HeldTrigger> askingTriggers(const models::RunState& state);

/// "“Errors” holds (a warning) since 14:02: errors was 30 % · 1 more". Empty where none asks.
[[nodiscard]] QString askingWords(const models::RunState& state);

} // namespace ui
