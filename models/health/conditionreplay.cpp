// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/conditionreplay.h"

#include "models/health/sustained.h"

#include <algorithm>

namespace models {

namespace {
constexpr std::int64_t mostChecks = 10'000;
}

std::vector<ReplaySpan> replayCondition(const Condition& condition, const ReplayRequest& request) {
    std::vector<ReplaySpan> spans;
    const std::int64_t step =
        std::max<std::int64_t>(1'000'000'000, std::chrono::nanoseconds(request.every).count());
    const std::int64_t checks =
        std::min(mostChecks, (request.to.nanoseconds - request.from.nanoseconds) / step);
    SustainedVerdict sustained(condition.sustain(), request.every);
    for (std::int64_t i = checks; i > 0; --i) {
        const Instant at{request.to.nanoseconds - i * step};
        const EnvironmentSource source(request.services, request.metrics, at, request.least);
        sustained.add(at, readCondition(condition, source).verdict);
        const Verdict verdict = sustained.standing(at).verdict;
        const Instant until{at.nanoseconds + step};
        if (!spans.empty() && spans.back().verdict == verdict)
            spans.back().until = until;
        else
            spans.push_back({at, until, verdict});
    }
    return spans;
}

} // namespace models
