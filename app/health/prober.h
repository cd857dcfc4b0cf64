// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/observation.h"
#include "models/health/probe.h"
#include "models/run/plan.h"

#include <functional>

namespace app {

/// One check that is due.
struct ProbeTask {
    models::Probe probe;
    /// What the probe's places mean, in their order; this machine has no ssh name.
    QList<models::Host> hosts;
    models::Instant due; ///< when it was to begin, for its lateness
};

/// Carries out single checks. What is asked and what is answered is on the main thread; what lies
/// between is not.
class Prober {
public:
    /// Called once, and never after the prober's end.
    using Done = std::function<void(models::ProbeReply)>;

    Prober() = default;
    virtual ~Prober() = default;
    Q_DISABLE_COPY_MOVE(Prober)

    virtual void probe(const ProbeTask& task, Done done) = 0;
};

} // namespace app
