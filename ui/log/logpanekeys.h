// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>

#include <array>

namespace ui {

/// How many lines around those that a filter takes can be shown.
inline constexpr std::array linesAround{0, 1, 3, 10};

/// Keys of a log pane that its buttons and the palette name.
namespace logkeys {

[[nodiscard]] inline QKeySequence jump() {
    return {Qt::CTRL | Qt::Key_G};
}
[[nodiscard]] inline QKeySequence saveFilter() {
    return {Qt::CTRL | Qt::SHIFT | Qt::Key_S};
}
[[nodiscard]] inline QKeySequence sideBySide() {
    return {Qt::CTRL | Qt::SHIFT | Qt::Key_M};
}

} // namespace logkeys

} // namespace ui
