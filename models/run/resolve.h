// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/hosts.h"

namespace models {

/// How a person wants a step to be run this time.
struct Selection {
    QString choice;         ///< the option of a step with a choice
    QString editedScript;   ///< non-null: run this in place of the document's text
    QStringList hosts = {}; ///< on these alone; empty: on all, batch by batch
    bool fresh = false;     ///< without what the steps before left in their shell
};

/// What a step asks for before it can start.
struct Requirements {
    QStringList variables;     ///< placeholders without a value
    QStringList secrets;       ///< names of the secrets that it uses
    QStringList choices;       ///< non-empty: one is to be chosen
    QString confirmationText;  ///< non-empty: to be typed; never in a rollback
    QString terminalCommand;   ///< non-empty: only a person can run it, in a terminal
    bool needsEditing = false; ///< the command is mixed with prose: edited before it runs
    bool usesSudo = false;
};

[[nodiscard]] Requirements requirementsOf(const RunState& state, int planIndex);

/// Names of everything in the plan that is secret.
[[nodiscard]] QStringList secretNames(const Plan& plan);

/// The attempt that starting the step would make, of several the first: number, place, shell,
/// script, variables, session, limits. Refused where it would not be what the document means. Pure.
[[nodiscard]] Result<Attempt> resolveAttempt(const RunState& state, int planIndex,
                                             const Selection& selection);

/// All that start together: one for each of hostsToStart(). Never empty.
[[nodiscard]] Result<QList<Attempt>> resolveAttempts(const RunState& state, int planIndex,
                                                     const Selection& selection);

/// How the step was started last, for the hosts of it that follow.
[[nodiscard]] Selection selectionOf(const Step& step, const Attempt& attempt);

/// The expectations of an attempt, and what the document does not say but the kind of step implies.
[[nodiscard]] QList<Expectation> expectationsOf(const Step& step);

/// Where an attempt stands after its command ended: passed, failed, or waiting for a person. Fills
/// the attempt's expectations and its reason. After an unexpected exit it has failed, whatever the
/// expectations say; they are checked all the same, as evidence of what went wrong.
[[nodiscard]] StepStatus judge(const Step& step, Attempt& attempt, const QByteArray& out,
                               const QByteArray& err);

} // namespace models
