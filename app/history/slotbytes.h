// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/latencysketch.h"
#include "models/health/phaseseries.h"

#include <QByteArray>

namespace app {

// Parts of a slot as they lie in the history: see its schema.

[[nodiscard]] QByteArray bytesOf(const models::PackedSketch& sketch);
[[nodiscard]] models::PackedSketch sketchFrom(const QByteArray& bytes);

[[nodiscard]] QByteArray bytesOf(const models::PhaseSeries::Row& row);
/// Without phases where the bytes are none.
[[nodiscard]] models::PhaseSeries::Row phasesFrom(std::uint32_t slot, const QByteArray& bytes);

} // namespace app
