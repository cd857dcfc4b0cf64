// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"

#include <QSet>

namespace models {

/// Reads Markdown as a runbook. Any bytes are accepted; what cannot be used becomes a diagnostic.
/// Pure and thread-safe. At most 64 MiB are read; a longer document is cut with an error
/// diagnostic. No warning is made for a variable among `given`, to which something outside of the
/// document gives a value; it still stands among the placeholders of its steps.
[[nodiscard]] Runbook parseRunbook(const QByteArray& bytes, const QSet<QString>& given = {});

} // namespace models
