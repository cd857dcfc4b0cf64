// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/verdict.h"

#include <algorithm>

namespace models {

/// What several things with a `verdict` come to: they fail with one of them, and pass where all of
/// them do. Of nothing nothing is known.
template <class Range>
[[nodiscard]] Verdict worstVerdict(const Range& seen) {
    const auto has = [&seen](Verdict verdict) {
        return std::any_of(seen.begin(), seen.end(),
                           [verdict](const auto& one) { return one.verdict == verdict; });
    };
    if (has(Verdict::Fail))
        return Verdict::Fail;
    return seen.begin() == seen.end() || has(Verdict::Unknown) ? Verdict::Unknown : Verdict::Pass;
}

} // namespace models
