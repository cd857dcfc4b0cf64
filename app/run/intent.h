// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/run/runservice.h"
#include "models/run/event.h"

#include <functional>

/// What a person asks of a run: each is decided on the state as it is when its turn comes, and is
/// nothing but the events to record, or the reason why not.
namespace app {

using Decision = models::Result<QList<models::EventDraft>>;

struct Intent {
    enum class Origin {
        Person, ///< given up where it cannot be recorded
        Run,    ///< follows from the state: recorded as soon as that can be
    };

    models::StepId step;
    std::function<Decision(const models::RunState&)> decide;
    Origin origin = Origin::Person;
    qint64 turn = 0;                            ///< which came first
    QMap<QString, models::Error> unopened = {}; ///< places that were tried for it in vain
    bool hasLocks = false;                      ///< that were asked for before what it changes
    bool givesAway = false; ///< behind it this console records nothing: locks come before it
};

namespace intent {

// Of one step: stepintent.cpp.

[[nodiscard]] Intent startStep(const models::StepId& step, const StartOptions& options,
                               models::Instant now);
/// The next batch of the step's hosts, or the wait before it; nothing where the step is not
/// between batches any more. Where it cannot go on, it is cancelled with the reason.
[[nodiscard]] Intent continueStep(const models::StepId& step, models::Instant now);
[[nodiscard]] Intent cancelStep(const models::StepId& step);
/// Where nobody knows what became of it: without a host, on all of them.
[[nodiscard]] Intent askAgain(const models::StepId& step, const QString& host);
/// To the attempt on this host; without a host, to all of the step that take input.
[[nodiscard]] Intent sendInput(const models::StepId& step, qint64 size, const QString& host);
/// A host: of the step's attempt on it alone, where it has several.
[[nodiscard]] Intent confirmStep(const models::StepId& step, bool passed, const QString& remark,
                                 const QString& host);
[[nodiscard]] Intent skipStep(const models::StepId& step, const QString& reason);
[[nodiscard]] Intent markPassed(const models::StepId& step, const QString& evidence,
                                const QString& host);
[[nodiscard]] Intent reopenStep(const models::StepId& step);

// Of people: approvalintent.cpp.

/// second: a name as it was typed: recorded, not verified.
[[nodiscard]] Intent overrideGate(const models::StepId& step, const QString& reason,
                                  const QString& second);
/// reason: of a gate, why it is to be overridden.
[[nodiscard]] Intent requestApproval(const models::StepId& step, const QString& reason,
                                     models::Instant now);
/// name: as it was typed. Asks first where that begins the time it has, and nobody did.
[[nodiscard]] Intent approve(const models::StepId& step, bool approved, const QString& name,
                             const QString& remark, models::Instant now);
/// What somebody signed, whose signature was checked: an approval, a rejection, or the override of
/// a gate.
[[nodiscard]] Intent answer(const models::StepId& step, const models::VerifiedAnswer& answer,
                            models::Instant now);
[[nodiscard]] Intent acknowledgeRisk(const QString& risk, const QString& remark);
[[nodiscard]] Intent handOver(const QString& to);
/// The first thing that a console does with a run that was handed over. reason: of one that takes
/// it back without having it handed over.
[[nodiscard]] Intent takeOver(const QString& reason);

// Of the run, and beside its steps.

[[nodiscard]] Intent setVariables(const QMap<QString, QString>& values);
[[nodiscard]] Intent setOwner(const models::StepId& step, const QString& owner);
[[nodiscard]] Intent addNote(const models::StepId& step, const QString& text);
[[nodiscard]] Intent pinEvidence(const models::StepId& step, const QString& remark,
                                 const QList<models::PinnedLine>& lines);
/// The new step starts with it.
[[nodiscard]] Intent addCommand(const models::StepId& after, const QString& shell,
                                const QString& script);
[[nodiscard]] Intent setPaused(bool paused);
[[nodiscard]] Intent close(models::RunOutcome outcome, const QString& reason);

// Of the way back: rollbackintent.cpp.

/// The run is to be taken back by this one: what runs is cancelled, and what the run was about is
/// blocked.
[[nodiscard]] Intent startRollback(const models::RunId& rollback, const QString& reason,
                                   const models::RollbackDecisions& decisions);
/// The run closes with the one that takes it back; nothing where it is closed already. What still
/// runs has an unknown outcome then.
[[nodiscard]] Intent closeWithRollback(models::RunOutcome outcome);
[[nodiscard]] Intent verifyRollback(models::Verdict verdict, const QString& reason,
                                    const QList<models::RollbackObservation>& observations);
[[nodiscard]] Intent unblockRelease(const QString& reason);

} // namespace intent

} // namespace app
