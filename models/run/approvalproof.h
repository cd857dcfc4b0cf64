// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/verdict.h"
#include "models/run/approvaltext.h"
#include "models/run/event.h"

#include <optional>

namespace models {

/// What a run records as signed by somebody, to be checked again. A value.
struct ApprovalProof {
    qint64 seq = 0; ///< of its event
    Instant at;
    EventKind kind = EventKind::ApprovalGiven; ///< or ApprovalRejected, GateOverridden
    QString step;                              ///< title
    QString person;                            ///< who is recorded to have signed
    QString key;                               ///< with which, "SHA256:…"
    SignedAnswer answer;
    QList<Person> people; ///< with their keys, as the run has them
    QString
        fault; ///< why the record contradicts itself, whatever the signature is; empty: it does not
};

/// Everything in a run that says of itself that it was signed. The events come in their order, from
/// the first one on. Pure.
[[nodiscard]] QList<ApprovalProof> approvalProofs(const QList<Event>& events);

/// What it comes to. recorded: the check against the people of the run. known: that against people
/// who are listed somewhere else today; nothing where that was not asked for. PASS where this text
/// is signed by a key of that person, UNKNOWN where that could not be checked or the key is listed
/// no longer, FAIL where it is not so.
[[nodiscard]] Finding proofFinding(const ApprovalProof& proof,
                                   const Result<VerifiedAnswer>& recorded,
                                   const std::optional<Result<VerifiedAnswer>>& known = {});

} // namespace models
