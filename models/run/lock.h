// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QByteArray>
#include <QMetaType>
#include <QStringList>

namespace models {

/// What the lock of an environment says of who holds it. It comes from a host or from the journal:
/// texts of others, bounded and without control characters. A value.
struct LockHolder {
    RunId run;    ///< empty: the lock does not say
    QString who;  ///< "lead@laptop"
    QString what; ///< the runbook's title, with what the run is about
    Instant since;
    QString reason; ///< why it was taken over; empty: it was free

    bool operator==(const LockHolder&) const = default;
};

/// The file in a lock: one line of JSON.
[[nodiscard]] QByteArray lockRecord(const LockHolder& holder);
/// run: as the name of the file says. What cannot be read is left out.
[[nodiscard]] LockHolder lockHolder(const RunId& run, const QByteArray& record);
/// What the lock of this run says.
[[nodiscard]] LockHolder lockHolder(const RunState& state, Instant since);
/// "“Release” (portal v2) of lead@laptop since 2026-01-02 09:14 UTC"
[[nodiscard]] QString holderText(const LockHolder& holder);

/// A name as that of one file: letters, digits, "-" and "_" stand for themselves, every other byte
/// as %HH; cut, with a hash behind it, where it is long.
[[nodiscard]] QString lockFileName(const QString& name);

/// Why a change has to wait at one place. A value.
struct LockObstacle {
    enum class Kind {
        Held,   ///< somebody else changes the environment
        Lost,   ///< somebody took over what this run held
        Unsure, ///< there can be no lock there, or it could not be asked
    };

    QString place; ///< a host, or models::localPlace: the journal here
    Kind kind = Kind::Held;
    LockHolder holder; ///< where it is held or lost
    QString problem;   ///< where it is not sure: why

    bool operator==(const LockObstacle&) const = default;
};

/// "web-1 is locked by …" as one sentence.
[[nodiscard]] QString obstacleText(const LockObstacle& obstacle);
/// Of all of them, with what can be done: why a step was held.
[[nodiscard]] QString obstaclesText(const QString& environment,
                                    const QList<LockObstacle>& obstacles);

/// The hosts that a run of this plan may change, by what its document says: each once, those that
/// are reached by SSH alone.
[[nodiscard]] QStringList hostsInvolved(const Plan& plan);
/// Where a run has to hold the lock before it changes anything: the journal here, then the hosts.
[[nodiscard]] QStringList lockPlaces(const Plan& plan);
/// Whether it holds all of them, or a person said why it goes on without one.
[[nodiscard]] bool holdsLocks(const RunState& state);
/// The hosts whose lock outlived its run: nobody could be told there yet.
[[nodiscard]] QStringList locksLeft(const RunState& state);

} // namespace models

Q_DECLARE_METATYPE(models::LockObstacle)
