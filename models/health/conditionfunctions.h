// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/condition.h"

#include <optional>

namespace models {

/// What a value can be, as far as it is known before anything is observed.
enum class ValueType : std::uint8_t { Any, Number, Time, Bytes, Truth, Text, Null };

[[nodiscard]] ValueType typeOf(const HealthValue& value);
/// "a duration", "a number", …; "anything" for Any.
[[nodiscard]] QString typeWords(ValueType type);

/// A function of the language. `series` is a path that names samples, not a value.
struct ConditionFunction {
    enum class Argument : std::uint8_t { Series, Window, Number, Time, Text, Value };

    QStringView name;
    QList<Argument> arguments;
    int optional = 0; ///< so many of the last ones may be left out
    ValueType result = ValueType::Any;
    QStringView usage; ///< "p95(SERIES, WINDOW)", for errors
};

[[nodiscard]] const ConditionFunction* conditionFunction(QStringView name);

/// Refuses what can never be decided in this tree: a function that is not known, wrong arguments,
/// a comparison of what cannot be compared, a word where true or false is needed.
[[nodiscard]] std::optional<ConditionError> checkCondition(const ConditionNode& root);

} // namespace models
