// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/trigger.h"
#include "models/run/approval.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>

namespace models {

/// How a gate is decided on observations. A value.
struct GateRule {
    std::chrono::milliseconds every{10'000};       ///< from one reading to the next
    int samples = 5;                               ///< readings without which none passes
    std::chrono::milliseconds deadline{1'800'000}; ///< from when it is entered

    bool operator==(const GateRule&) const = default;
};

/// What is looked at after a go-live, and for how long. A value.
struct WatchRule {
    std::chrono::milliseconds time{0}; ///< 0: there is no watch
    std::chrono::milliseconds every{10'000};
    double coverage = 0.95; ///< share of the time that has to have been seen, and good
    QStringList criteria;   ///< conditions

    bool operator==(const WatchRule&) const = default;
};

/// What an environment asks of every run in it beyond its steps. A value.
struct GoLiveRules {
    QList<Trigger> triggers;
    GateRule gates;
    WatchRule watch;
    bool autoRollback = false;
    /// Services and metrics: what is observed there. A document's sentence that happens to read as
    /// a condition counts as one only where it speaks of these.
    QStringList observed;
    ApprovalTerms approvals; ///< the least that any asks for

    bool operator==(const GoLiveRules&) const = default;
};

} // namespace models
