// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/healthseries.h"
#include "models/health/phaseseries.h"
#include "models/health/probe.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <vector>

namespace models {

/// One check as a history keeps it: what it counted as, and where its time went.
struct CheckRecord {
    Instant at; ///< to the millisecond
    Verdict verdict = Verdict::Unknown;
    ProbePhases phases;

    bool operator==(const CheckRecord&) const = default;
};

/// Bytes of one length for each check, so that they can be put behind one another. Little-endian:
/// milliseconds since 1970 as 8 bytes, the verdict as 1, five phases in seconds as 4-byte floats,
/// negative where there is none.
[[nodiscard]] QByteArray packed(const CheckRecord& check);
/// As many as there are whole ones, in the order in which they lie; those that are none left out.
[[nodiscard]] std::vector<CheckRecord> unpackedChecks(QByteArrayView bytes);

/// What a slot of time came to, with its phases.
struct KeptSlot {
    HealthRollup rollup;
    PhaseSeries::Row phases;
};

/// The slots of this length in which there are checks, oldest first. checks: in order of time.
[[nodiscard]] std::vector<KeptSlot> rollUp(const std::vector<CheckRecord>& checks,
                                           std::chrono::seconds resolution);

/// What a probe is known by from one start of the program to the next: whose it is, and what it
/// asks. Other words for it change nothing; another question is another probe.
struct ProbeIdentity {
    QString workspace; ///< its id
    QString environment;
    QString service;
    QString definition; ///< a hash, which holds no value of a header

    bool operator==(const ProbeIdentity&) const = default;
    bool operator<(const ProbeIdentity& other) const;
};

[[nodiscard]] QString definitionOf(const Probe& probe);

} // namespace models
