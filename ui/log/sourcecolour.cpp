// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/sourcecolour.h"

#include "ui/theme/theme.h"

#include <array>

namespace ui {

QColor sourceColour(int source) {
    static constexpr std::array<size_t, 12> hues{4, 2, 5, 6, 3, 1, 12, 10, 13, 14, 11, 9};
    return Theme::instance().ansi()[hues[static_cast<size_t>(source) % hues.size()]];
}

} // namespace ui
