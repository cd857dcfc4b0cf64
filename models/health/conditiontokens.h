// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/condition.h"

#include <optional>

namespace models {

/// One word of a condition.
struct ConditionToken {
    enum class Kind : std::uint8_t { End, Number, Text, Name, Sign };

    Kind kind = Kind::End;
    QString text;      ///< of a name or a sign as written; of a text what it holds
    Quantity quantity; ///< of a number with its unit
    bool isPercent = false;
    bool isTimes = false; ///< a number with an x: a factor
    int begin = 0;
    int end = 0;
};

/// The words of a condition, the last one an End.
[[nodiscard]] tl::expected<QList<ConditionToken>, ConditionError>
conditionTokens(const QString& text);

/// A text that is one number with its unit, and nothing else: "500ms", "99.9%", "3".
[[nodiscard]] std::optional<Quantity> quantityFromText(const QString& text);

} // namespace models
