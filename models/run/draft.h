// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/approvaltext.h"
#include "models/run/event.h"
#include "models/run/lock.h"
#include "models/run/runstate.h"

namespace models {

/// What a run is about, of its RunStarted, without reading the whole plan; empty where that is not
/// said, and for every other event.
[[nodiscard]] Target targetOfStart(const Event& started);

} // namespace models

/// The payload of every kind of event that this version writes, made in one place. apply() reads
/// the same keys. "step" is the step's id, "attempt" its number.
namespace models::draft {

/// {plan, variables}
[[nodiscard]] EventDraft runStarted(const Plan& plan, const QMap<QString, QString>& variables);
/// {variables: {name: value}, secrets: [name]}
[[nodiscard]] EventDraft variablesSet(const QMap<QString, QString>& values,
                                      const QStringList& secretNames = {});
/// {step, attempt, place, shell, script, commands, variables, …}: everything that is needed to run
/// it, so that a replay starts the same.
[[nodiscard]] EventDraft stepStarted(const StepId& step, const Attempt& attempt);
/// {step, attempt, status, exit, reason, expectations, stateSaved, outputCut, leftBehind}; status
/// is that of the step at the attempt's place: "passed", "failed" or "waiting" (a person judges).
[[nodiscard]] EventDraft stepFinished(const StepId& step, const Attempt& attempt,
                                      StepStatus status);
/// {step, passed, remark, host}: without a host, of every one that waits to be judged
[[nodiscard]] EventDraft stepConfirmed(const StepId& step, bool passed, const QString& remark,
                                       const QString& host = {});
/// {step, reason}
[[nodiscard]] EventDraft stepSkipped(const StepId& step, const QString& reason);
/// {step, evidence, host}: without a host, the step as a whole
[[nodiscard]] EventDraft stepMarkedPassed(const StepId& step, const QString& evidence,
                                          const QString& host = {});
/// {step}
[[nodiscard]] EventDraft stepReopened(const StepId& step);
/// {step, owner}
[[nodiscard]] EventDraft ownerSet(const StepId& step, const QString& owner);
/// {step, script}: the text that runs once in place of the document's
[[nodiscard]] EventDraft scriptEdited(const StepId& step, const QString& script);
/// {step, text}; an empty step is the run as a whole
[[nodiscard]] EventDraft noteAdded(const StepId& step, const QString& text);
/// {step, remark, lines: [{at, source, text}]}; an empty step is the run as a whole
[[nodiscard]] EventDraft evidencePinned(const StepId& step, const QString& remark,
                                        const QList<PinnedLine>& lines);
/// {step, text, attempt, input}: before input number input is sent; the bytes are not kept
[[nodiscard]] EventDraft inputSent(const StepId& step, int attempt, int number, qint64 size);
/// {}: another console drives the run from here on; secrets given before are not known to it
[[nodiscard]] EventDraft driverChanged();
/// {after, step, shell, script}
[[nodiscard]] EventDraft commandAdded(const StepId& after, const StepId& step, const QString& shell,
                                      const QString& script);
/// {step, attempt, reason, evidence, final}; final: its place has no more to say of it
[[nodiscard]] EventDraft outcomeUnknown(const StepId& step, int attempt, const QString& reason,
                                        const QString& evidence, Loss loss = Loss::Unanswered);
/// {step, attempt, place, out, err}: following goes on from these raw offsets
[[nodiscard]] EventDraft reattached(const StepId& step, const Attempt& attempt);
/// {…, asked}: a Reattached before which nobody knows what is there: a person has the place asked
/// again what became of the attempt
[[nodiscard]] EventDraft askedAgain(const StepId& step, const Attempt& attempt);
/// {step, attempt, reason}; between two batches of hosts no attempt runs, and none follows
[[nodiscard]] EventDraft cancelRequested(const StepId& step, int attempt,
                                         const QString& reason = {});
/// {step, attempt, status, exit, reason, …}: as stepFinished(), for what was ended on request
[[nodiscard]] EventDraft cancelled(const StepId& step, const Attempt& attempt, StepStatus status);
/// {step, attempt, reason}: proven never to have run
[[nodiscard]] EventDraft notStarted(const StepId& step, int attempt, const QString& reason);
/// {step, attempt, reason}: the same, because what it was to carry over is gone at its place
[[nodiscard]] EventDraft sessionLost(const StepId& step, int attempt, const QString& reason);
/// {step, remark}
[[nodiscard]] EventDraft gatePassed(const StepId& step, const QString& remark);
/// {step, reason, second}; second: the other person who agrees, in a protected environment
[[nodiscard]] EventDraft gateOverridden(const StepId& step, const QString& reason,
                                        const QString& second = {});
/// The same by somebody who signed: {…, verified, key, statement, signature}
[[nodiscard]] EventDraft gateOverridden(const StepId& step, const QString& reason,
                                        const VerifiedAnswer& second);
/// {step, until, reason}: a null instant where it may take as long as it takes
[[nodiscard]] EventDraft approvalRequested(const StepId& step, Instant until,
                                           const QString& reason = {});
/// {step, name, remark, verified}; request: the seq of the one that it answers, 0 where nobody
/// asked
[[nodiscard]] EventDraft approvalGiven(const StepId& step, const QString& name,
                                       const QString& remark, qint64 request = 0);
/// {step, name, remark}
[[nodiscard]] EventDraft approvalRejected(const StepId& step, const QString& name,
                                          const QString& remark, qint64 request = 0);
/// ApprovalGiven or ApprovalRejected by who signed: {…, verified, key, statement, signature}
[[nodiscard]] EventDraft verifiedSay(const StepId& step, const VerifiedAnswer& answer,
                                     qint64 request);
/// {step}
[[nodiscard]] EventDraft approvalExpired(const StepId& step);
/// {risk, remark}; risk: its text
[[nodiscard]] EventDraft riskAcknowledged(const QString& risk, const QString& remark);
/// {to}: a DriverChanged by which a colleague's console drives the run
[[nodiscard]] EventDraft handedOver(const QString& to);
/// {from, reason}: a DriverChanged by which this console drives what was handed over to somebody:
/// taken over from a file, or taken back for a reason
[[nodiscard]] EventDraft takenOver(const QString& from, const QString& reason = {});
/// {step, wave}: the wave's name, and the step that was its first
[[nodiscard]] EventDraft waveEntered(const StepId& step, const QString& wave);
/// {step, until}
[[nodiscard]] EventDraft timerSet(const StepId& step, Instant until);
/// {step}
[[nodiscard]] EventDraft timerFired(const StepId& step);
/// {run, reason, needed: [step], notNeeded: [step]}; run is the one that takes this one back
[[nodiscard]] EventDraft rollbackStarted(const RunId& run, const QString& reason,
                                         const RollbackDecisions& decisions);
/// {verdict, reason, observations: [{what, expected, verdict, reason, observed}]}, in the rollback
[[nodiscard]] EventDraft rollbackVerified(Verdict verdict, const QString& reason,
                                          const QList<RollbackObservation>& observations);
/// {reason}: what this run was about
[[nodiscard]] EventDraft releaseBlocked(const QString& reason);
/// {reason}
[[nodiscard]] EventDraft releaseUnblocked(const QString& reason);
/// {host}; "local" for the journal's own
[[nodiscard]] EventDraft lockTaken(const QString& place);
/// {host, over: run, holder, reason}; without a reason it passes to this run, which takes that one
/// back
[[nodiscard]] EventDraft lockTakenOver(const QString& place, const LockHolder& holder,
                                       const QString& reason);
/// {host, lacking, reason}: the run goes on without one there
[[nodiscard]] EventDraft lockLacking(const QString& place, const QString& problem,
                                     const QString& reason);
/// {host}
[[nodiscard]] EventDraft lockReleased(const QString& place);
/// {host, holder, reason}: somebody took it over
[[nodiscard]] EventDraft lockLost(const QString& place, const LockHolder& holder);
[[nodiscard]] EventDraft runPaused();
[[nodiscard]] EventDraft runResumed();
/// {outcome, reason}
[[nodiscard]] EventDraft runClosed(RunOutcome outcome, const QString& reason);

} // namespace models::draft
