// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace ui {

/// "1 step", "3 steps": the plural takes an s.
[[nodiscard]] QString countText(int count, const QString& singular);
/// One line of at most this many characters, for a sentence.
[[nodiscard]] QString shortened(const QString& text, int most);

} // namespace ui
