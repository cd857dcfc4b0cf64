// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/probehealth.h"
#include "ui/theme/statewords.h"

#include <QString>

namespace ui {

/// "2 failing, 1 unknown, 5 passing": only what there is, worst first.
[[nodiscard]] QString countWords(const QList<models::HealthState>& states);
/// "840 ms", "1.2 s"; seconds.
[[nodiscard]] QString latencyWords(double seconds);
/// What a probe asks: its name, else its address without what a secret may hide in.
[[nodiscard]] QString probeTitle(const models::Probe& probe);
/// "lookup 1 ms, connect 2 ms, first byte 40 ms, total 42 ms"; empty where nothing was measured.
[[nodiscard]] QString phaseWords(const models::ProbePhases& phases);

} // namespace ui
