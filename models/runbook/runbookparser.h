// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

namespace models {

/// Reads Markdown as a runbook. Any bytes are accepted; what cannot be used becomes a diagnostic.
/// Pure and thread-safe. At most 64 MiB are read; a longer document is cut with an error
/// diagnostic.
[[nodiscard]] Runbook parseRunbook(const QByteArray& bytes);

} // namespace models
