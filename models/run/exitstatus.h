// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {

/// "1", or "137 (as after signal KILL)": what a shell gives for a command that a signal ended. The
/// command may have chosen that number as well.
[[nodiscard]] QString exitStatusText(int status);

} // namespace models
