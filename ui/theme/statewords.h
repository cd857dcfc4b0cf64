// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/probehealth.h"
#include "ui/theme/glyph.h"

#include <QString>

namespace ui {

[[nodiscard]] Glyph stateGlyph(models::HealthState state);
[[nodiscard]] Colour stateTone(models::HealthState state);
/// "Passing", "Failing" …: to stand beside the glyph.
[[nodiscard]] QString stateWord(models::HealthState state);

} // namespace ui
