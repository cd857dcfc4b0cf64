// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <optional>

namespace models {

// The words for enumerators in every JSON form; nothing comes back for a word that is none.

[[nodiscard]] QString nameOf(Lane lane);
[[nodiscard]] QString nameOf(StepKind kind);
[[nodiscard]] QString nameOf(ExpectationKind kind);
[[nodiscard]] QString nameOf(DocumentKind kind);
[[nodiscard]] QString nameOf(Severity severity);

[[nodiscard]] std::optional<Lane> laneFromName(const QString& name);
[[nodiscard]] std::optional<StepKind> stepKindFromName(const QString& name);
[[nodiscard]] std::optional<ExpectationKind> expectationKindFromName(const QString& name);
[[nodiscard]] std::optional<DocumentKind> documentKindFromName(const QString& name);
[[nodiscard]] std::optional<Severity> severityFromName(const QString& name);

} // namespace models
