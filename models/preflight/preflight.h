// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/contract/contractreading.h"
#include "models/contract/isolation.h"
#include "models/core/diagnostic.h"
#include "models/health/probehealth.h"
#include "models/preflight/preflightline.h"
#include "models/run/runstate.h"
#include "models/version/versionstanding.h"

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace models {

/// What a host answered when it was looked at.
struct HostFinding {
    Verdict verdict = Verdict::Unknown;
    QString reason;
    QString mend;
    Instant at;

    bool operator==(const HostFinding&) const = default;
};

/// The room in one place of a host. A value.
struct DiskFinding {
    QString host;
    QString what;               ///< "home", "containers"
    std::optional<qint64> free; ///< bytes; nothing where it could not be seen
    QString problem;            ///< then: why
    Instant at;

    bool operator==(const DiskFinding&) const = default;
};

/// Less than this is too little for anything to be released.
constexpr qint64 leastFreeSpace = 200'000'000;

/// An earlier run of the same runbook in the same environment.
struct EarlierRun {
    Instant startedAt;
    Instant closedAt; ///< null: it is open
    RunOutcome outcome = RunOutcome::None;

    bool operator==(const EarlierRun&) const = default;
};

/// What is known beside the plan. What nobody looked at is left out, and is told as not known.
/// A value.
struct PreflightFacts {
    std::map<QString, HostFinding> hosts; ///< by name
    std::map<QString, ContractStanding> contracts;
    std::vector<IsolationReading> isolation;
    std::map<QString, VersionStanding> versions; ///< by service; those whose version can be seen
    QList<Maintenance> freezes;
    Diagnostics unreadFreezes;            ///< of gantry.yaml
    std::vector<PreflightLine> rules;     ///< what promotion and blocked releases come to
    std::map<QString, HostFinding> locks; ///< by host; Fail: another run changes the environment
    std::vector<DiskFinding> disks;
    QString lockedBy;          ///< who changes the environment just now; empty: nobody known
    QString openRun;           ///< an open one that has changed nothing there; empty: none known
    QList<EarlierRun> earlier; ///< in any order
    Instant now;
};

/// Whether a run that stands so, which is one before its first event or one that was left for a
/// while, can succeed: a line for each thing that it needs, what fails first. Pure.
[[nodiscard]] std::vector<PreflightLine> preflight(const RunState& state,
                                                   const PreflightFacts& facts);

/// The middle one of those that ended well; nothing where none did.
[[nodiscard]] std::optional<std::chrono::milliseconds>
usualDuration(const QList<EarlierRun>& earlier);

} // namespace models
