// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringView>

#include <optional>

namespace ui {

/// How well a pattern fits a text.
struct FuzzyMatch {
    int score = 0;        ///< higher is better; comparable for one pattern only
    QList<int> positions; ///< of the matched characters in the text, ascending
};

/// Whether all characters of the pattern occur in the text in their order, spaces aside, letters of
/// either case. Beginnings of words and unbroken runs count more; an empty pattern fits everything.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

} // namespace ui
