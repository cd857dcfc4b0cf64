// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace app {

/// A connection to the agent that listens there, owned by the caller; -1 where there is none.
[[nodiscard]] int connectAgent(const QString& path);

} // namespace app
