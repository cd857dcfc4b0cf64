// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/health/condition.h"

#include <optional>

namespace models {

/// A function of the language.
struct ConditionFunction {
    enum class Argument : std::uint8_t {
        Series, ///< a path that names samples, not a value
        Window, ///< a duration
        Objective,
        Threshold, ///< a duration
        Metric,    ///< a text
        Commit,
    };

    QStringView name;
    QList<Argument> arguments;
    ValueType result = ValueType::Any; ///< Any: that of its samples
    int optional = 0;                  ///< so many of the last arguments may be left out
    /// Of a quantile: the share of the samples that is at most as large.
    std::optional<double> share = {};
};

[[nodiscard]] const ConditionFunction* conditionFunction(QStringView name);

/// Refuses what can never be decided in this tree: a function that is not known, wrong arguments,
/// a comparison of what cannot be compared, a word where true or false is needed.
[[nodiscard]] std::optional<ConditionError> checkCondition(const ConditionNode& root);

} // namespace models
