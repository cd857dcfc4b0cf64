// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/id.h"
#include "models/core/instant.h"
#include "models/core/verdict.h"

#include <QList>
#include <QMap>
#include <QString>

namespace models {

/// From here on a run has something to take back.
struct FirstChange {
    qint64 seq = 0; ///< of the event
    Instant at;

    bool operator==(const FirstChange&) const = default;
};

/// What was decided of the steps of the way back that hang on something: needed or not.
using RollbackDecisions = QMap<StepId, bool>;

/// That a run is taken back: by which run, why, and what was decided for it.
struct RollbackOrder {
    RunId run;
    QString reason;
    RollbackDecisions decisions;
    QString actor;
    Instant at;

    bool operator==(const RollbackOrder&) const = default;
};

/// One thing that was looked at after a rollback: a version or the health of a service.
struct RollbackObservation {
    QString what; ///< "portal: version"
    QString expected;
    Finding finding;

    bool operator==(const RollbackObservation&) const = default;
};

/// Whether the way back led there. Of what could not be seen the verdict is Unknown.
struct RollbackVerification {
    Verdict verdict = Verdict::Unknown;
    QString reason;
    QList<RollbackObservation> observations;
    QString actor;
    Instant at;

    bool operator==(const RollbackVerification&) const = default;
};

/// That what a run was about must not go there again before somebody lifts it.
struct ReleaseBlock {
    QString reason;
    QString actor;
    Instant at;

    bool operator==(const ReleaseBlock&) const = default;
};

} // namespace models
