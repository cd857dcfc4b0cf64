// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace models {
struct Plan;
}

namespace ui {

/// "1 step", "3 steps": the plural takes an s.
[[nodiscard]] QString countText(int count, const QString& singular);
/// One line of at most this many characters, for a sentence.
[[nodiscard]] QString shortened(const QString& text, int most);
/// What a run of this plan is called: the document's title, or its path where it has none.
[[nodiscard]] QString runTitle(const models::Plan& plan);

} // namespace ui
