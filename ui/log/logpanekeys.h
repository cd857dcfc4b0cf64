// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QString>

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

[[nodiscard]] inline QKeySequence filter() {
    return {Qt::CTRL | Qt::SHIFT | Qt::Key_F};
}
[[nodiscard]] inline QKeySequence next() {
    return {Qt::Key_F3};
}
[[nodiscard]] inline QKeySequence previous() {
    return {Qt::SHIFT | Qt::Key_F3};
}

/// Some keys are the view's own, as a letter is in a list: the text of the menu tells them.
[[nodiscard]] inline QString keysOf(const QAction& action) {
    return action.shortcut().isEmpty() ? action.text().section(u'\t', 1)
                                       : action.shortcut().toString(QKeySequence::NativeText);
}
[[nodiscard]] inline QString wordsOf(const QAction& action) {
    return action.text().section(u'\t', 0, 0);
}

} // namespace logkeys

} // namespace ui
