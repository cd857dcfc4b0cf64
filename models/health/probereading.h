// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/condition.h"
#include "models/health/observation.h"
#include "models/health/probe.h"

#include <QByteArrayView>

namespace models {

class HealthSeries;
class PhaseSeries;

/// How much of a body is looked at, in bytes. A longer one is not known.
inline constexpr qsizetype bodyLimit = 1024 * 1024;

/// Whether all of it was received.
enum class BodyEnd { Whole, Cut };

/// Fills body, or bodyProblem where these bytes are no JSON: empty, cut off, HTML, not UTF-8.
void readBody(QByteArrayView bytes, BodyEnd end, ProbeReply& reply);

/// Decides a reply by the probe's condition. past: of the same probe, for windows of time; the
/// reply itself is not yet among it, nor among the phases.
[[nodiscard]] Observation observe(const Probe& probe, const Condition& pass,
                                  const ProbeReply& reply, const HealthSeries& past,
                                  const PhaseSeries* pastPhases = nullptr);

} // namespace models
