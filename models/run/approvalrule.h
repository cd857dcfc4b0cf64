// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/runstate.h"

#include <QString>
#include <QStringList>

namespace models {

/// Whether people decide it by approving.
[[nodiscard]] bool isApproval(const Step& step);

/// What it asks for: what its document says, and at least what its environment does.
[[nodiscard]] ApprovalTerms approvalTerms(const Plan& plan, const Step& step);
/// "2 people with the role release, not who drives the run, within 4 h".
[[nodiscard]] QString termsText(const ApprovalTerms& terms);

[[nodiscard]] bool isPastDeadline(const ApprovalRequest& request, Instant now);

/// nullptr where gantry.yaml does not know them. Upper and lower case are the same.
[[nodiscard]] const Person* personNamed(const PlanContext& context, QStringView name);
/// Whether they decide in this role; in none everybody does.
[[nodiscard]] bool hasRole(const Person& person, QStringView role);
/// Whether the name, or the accounts of the person so called, drove the run at any time.
[[nodiscard]] bool drivesRun(const RunState& state, const QString& name);

/// Why a go of this name does not count at this step, for a person; empty: it counts.
[[nodiscard]] QString goRefusal(const RunState& state, int planIndex, const QString& name,
                                bool isVerified);
/// Who can give a verified go there, as gantry.yaml calls them.
[[nodiscard]] QStringList approversOf(const RunState& state, int planIndex);
/// Why it cannot be approved by anybody in this run, and what to write in gantry.yaml; empty: it
/// can. Only where the environment is protected: elsewhere a name that is typed counts.
[[nodiscard]] QString approvalImpossible(const RunState& state, int planIndex);

/// Why nobody here may change a run that was handed over; empty: it was not.
[[nodiscard]] QString givenAwayReason(const RunState& state);

/// The texts of the workspace's risks and the document's own, each once.
[[nodiscard]] QStringList knownRisks(const Plan& plan);

} // namespace models
