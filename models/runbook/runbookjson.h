// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/result.h"
#include "models/runbook/runbook.h"

#include <QJsonObject>

namespace models {

/// The object that "gantry inspect --json" prints; keys as documented in the manual page.
[[nodiscard]] QJsonObject inspectJson(const Runbook& runbook);
/// The same as a readable outline, plain text.
[[nodiscard]] QString inspectOutline(const Runbook& runbook);

/// Everything but the source bytes, for the journal; runbookFromJson() gives back an equal value
/// once source is set again.
[[nodiscard]] QJsonObject runbookToJson(const Runbook& runbook);
[[nodiscard]] Result<Runbook> runbookFromJson(const QJsonObject& object);

} // namespace models
