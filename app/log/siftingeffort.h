// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsift.h"

#include <chrono>
#include <functional>

namespace app {

/// Calls work with each number below count, with 0 on this thread and with each other on one of its
/// own, and returns when all have returned.
void runAtOnce(int count, const std::function<void(int)>& work);

/// Looking back at older lines from now on for about so long, on two threads.
[[nodiscard]] models::LogSift::Effort siftingFor(std::chrono::milliseconds time);

} // namespace app
