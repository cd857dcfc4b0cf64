// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/samplereckoning.h"

#include "models/health/conditionfunctions.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace models {

std::optional<double> reckoned(const QString& function, std::vector<double> numbers) {
    if (function == u"min")
        return *std::min_element(numbers.begin(), numbers.end());
    if (function == u"max")
        return *std::max_element(numbers.begin(), numbers.end());
    if (function == u"avg")
        return std::accumulate(numbers.begin(), numbers.end(), 0.0) / double(numbers.size());
    const ConditionFunction* const known = conditionFunction(function);
    if (known == nullptr || !known->share)
        return std::nullopt;
    const double rank = std::max(1.0, std::ceil(*known->share * double(numbers.size())));
    const auto wanted = numbers.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(numbers.begin(), wanted, numbers.end());
    return *wanted;
}

} // namespace models
