// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/secretmasker.h"
#include "models/run/event.h"

namespace models {

/// Whether what would run, a script or a variable's value, holds the value of a secret. A masked
/// script would be another script: it is to be refused rather than changed.
[[nodiscard]] bool holdsSecret(const SecretMasker& masker, const QList<EventDraft>& drafts);

/// With every text masked: people's words may hold a secret by mistake; the journal never does.
[[nodiscard]] QList<EventDraft> masked(const SecretMasker& masker, QList<EventDraft> drafts);

} // namespace models
