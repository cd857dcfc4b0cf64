// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/runbook/runbook.h"
#include "models/runbook/sourcetext.h"

namespace models {

/// Reads the YAML between "---" lines at the top: title, status, Runme's shell, cwd and tag, and
/// ours under the one key "runbook". Everything else there is somebody else's and is left alone.
/// Returns the first line behind it, 1 where there is none. Problems become diagnostics of the
/// book.
[[nodiscard]] int readFrontMatter(const SourceText& source, Runbook& book);

} // namespace models
