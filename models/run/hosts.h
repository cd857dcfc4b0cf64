// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/run/runstate.h"

#include <QStringList>

namespace models {

/// The hosts that the step's own "on" names, each once, in its order; empty where it names none.
[[nodiscard]] QStringList hostsNamed(const Step& step);

/// Whether the step runs on more than one host: its status follows from theirs then, and every
/// attempt is one of one host.
[[nodiscard]] bool hasSeveralHosts(const Step& step);

/// The host of steps that name none: that of the runbook, else that of the environment; empty where
/// neither says one. In an environment without hosts a runbook's counts for nothing.
[[nodiscard]] QString defaultHost(const Plan& plan);

/// Where the step's commands run: on the hosts of its "on", else on the default host, else on this
/// machine where the environment has no hosts. Never empty. Refused where it says none of many:
/// nothing runs here by accident.
[[nodiscard]] Result<QStringList> placesOf(const Plan& plan, const Step& step);

/// How many hosts "batch" allows at a time; all where it is not given.
[[nodiscard]] Result<int> batchSize(const Step& step);

/// The pause between two batches; zero for none.
[[nodiscard]] std::chrono::milliseconds waitBetweenBatches(const Step& step);

/// Why the step's commands cannot be run where they should; empty where they can. The step can be
/// done by hand and marked as passed all the same.
[[nodiscard]] QString placeRefusal(const Plan& plan, const Step& step);

/// How far one host of a step is.
struct HostProgress {
    QString host;
    int batch = 0;                           ///< from 0
    StepStatus status = StepStatus::Pending; ///< never Blocked or Skipped
    int attempt = 0;                         ///< number of its latest attempt; 0: none yet
    int tries = 0;                           ///< attempts at it, since the step was last reopened
    AttemptStatus ended = AttemptStatus::Intended; ///< how the latest attempt stands
    std::optional<int> exitCode;
    Instant startedAt;
    Instant finishedAt; ///< null while it runs
    QString reason;     ///< why it failed or is unknown, for a person
    QString evidence;   ///< what is known of it; of one marked as passed: what a person gave

    bool operator==(const HostProgress&) const = default;
};

/// The hosts of a step, in the order of its "on", each with its latest attempt; of a step on one
/// host or on this machine one entry. Empty where it runs nothing.
[[nodiscard]] QList<HostProgress> hostProgress(const RunState& state, int planIndex);

/// The numbers of the step's attempts whose places can be asked again what became of them: nothing
/// came after them there, and nobody knows how they ended. host: there alone; empty: on all.
[[nodiscard]] QList<int> attemptsToAskAgain(const RunState& state, int planIndex,
                                            const QString& host = {});

/// "2 of 3 hosts passed; web-2 failed (exit 1)"
[[nodiscard]] QString hostSummary(const QList<HostProgress>& hosts);

/// "web-1, web-2" or "5 hosts"
[[nodiscard]] QString hostsText(const QStringList& hosts);

/// Where a step on several hosts stands by what its hosts say.
[[nodiscard]] StepStatus statusOfHosts(Rollout rollout, const QList<HostProgress>& hosts);

/// The hosts that start together now, of those wanted (empty: of all): those of the first batch
/// that has not passed as a whole. Of these the failed ones and those that never ran; where there
/// is none, those whose outcome is unknown, then those that wait to be judged. A host that is
/// wanted by its name starts whichever of these it is. The only host of a step always starts.
[[nodiscard]] Result<QStringList> hostsToStart(const RunState& state, int planIndex,
                                               const QStringList& wanted);

/// Whether a batch has passed and the next is still to begin: nothing of the step runs.
[[nodiscard]] bool isBetweenBatches(const RunState& state, int planIndex);

} // namespace models
