// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/observed.h"

#include "models/run/observations.h"

#include <algorithm>

namespace models {

namespace {

double secondsOf(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

std::chrono::nanoseconds between(Instant from, Instant to) {
    return std::chrono::nanoseconds(to.nanoseconds - from.nanoseconds);
}

} // namespace

double watchCoverage(const WatchState& watch, Instant at) {
    const double elapsed = secondsOf(between(watch.startedAt, std::min(at, watch.until)));
    return elapsed <= 0 ? 0 : std::min(1.0, secondsOf(watch.seen) / elapsed);
}

Finding watchFinding(const WatchState& watch) {
    const double whole = secondsOf(between(watch.startedAt, watch.until));
    const double passed = whole <= 0 ? 0 : secondsOf(watch.passed) / whole;
    const double failed = whole <= 0 ? 0 : secondsOf(watch.failed) / whole;
    const double seen = watchCoverage(watch, watch.until);
    const QString observed = u"Seen for %1 of %2: good for %3, bad for %4."_qs.arg(
        shareWords(seen), valueWords(Quantity{whole, Unit::Time}), shareWords(passed),
        shareWords(failed));
    const auto firstThat = [&watch](Verdict verdict) {
        const auto found = std::find_if(
            watch.criteria.cbegin(), watch.criteria.cend(),
            [verdict](const CriterionSeen& criterion) { return criterion.verdict == verdict; });
        return found == watch.criteria.cend() ? QString() : found->words;
    };
    if (watch.verdict == Verdict::Fail)
        return {Verdict::Fail, u"At the end a criterion fails: %1."_qs.arg(firstThat(Verdict::Fail)),
                observed};
    if (failed > 1 - watch.rule.coverage)
        return {Verdict::Fail, u"Criteria failed for %1 of the time."_qs.arg(shareWords(failed)),
                observed};
    if (watch.verdict == Verdict::Pass && passed >= watch.rule.coverage)
        return {Verdict::Pass, {}, observed};
    const QString unknown = firstThat(Verdict::Unknown);
    return {Verdict::Unknown,
            watch.verdict == Verdict::Unknown && !unknown.isEmpty()
                ? u"At the end a criterion is not known: %1"_qs.arg(unknown)
                : u"It was good for %1 of the time; %2 was asked for."_qs.arg(
                      shareWords(passed), shareWords(watch.rule.coverage)),
            observed};
}

} // namespace models
