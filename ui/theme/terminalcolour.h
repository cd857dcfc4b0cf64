// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace models {
struct TextStyle;
}

namespace ui {

/// What a program's style looks like in the present theme.
struct TerminalInk {
    QColor text;
    QColor ground; ///< invalid: that of the view
};

/// plain: the text's colour where the program named none. ground: the view's own. Text that would
/// not be readable on its ground moves towards the theme's text colour.
[[nodiscard]] TerminalInk terminalInk(const models::TextStyle& style, const QColor& plain,
                                      const QColor& ground);

} // namespace ui
