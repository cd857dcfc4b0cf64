// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/clock.h"

#include <chrono>

namespace ui {

models::Instant presentInstant() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(now).count()};
}

} // namespace ui
