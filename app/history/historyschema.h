// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/storage/database.h"

namespace app {

struct HistoryOptions;

/// The file of a history, as it is opened.
[[nodiscard]] DatabaseFile historyFile(const HistoryOptions& options);

} // namespace app
