// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run/healthcourse.h"

#include <algorithm>

namespace models {

namespace {

constexpr int bucketsOfCourse = 160; ///< as many as a picture tells apart

QString resultWords(const HealthSummary& summary) {
    return u"%1 passed, %2 failed, %3 unknown"_qs.arg(summary.passed)
        .arg(summary.failed)
        .arg(summary.unknown);
}

} // namespace

double TimelineCurve::highest() const {
    double highest = 0;
    for (const TracePoint& point : points)
        highest = std::max(highest, point.value);
    return highest;
}

void addCourse(HealthCourse& course, const QString& name, const ProbeHealth& probe, Instant from,
               Instant to) {
    using std::chrono::milliseconds;
    const milliseconds every = probe.probe().every;
    const milliseconds share((to.nanoseconds - from.nanoseconds) / 1'000'000 / bucketsOfCourse);
    const std::vector<HealthSpan> spans =
        probe.series().spans(from, to, std::max({every, share, milliseconds(1000)}));
    if (spans.empty())
        return;
    TimelineRow row{TimelineLane::Health, name, {}};
    const std::int64_t lateness = std::chrono::nanoseconds(every).count() / 2; // that is no gap
    for (const HealthSpan& span : spans) {
        // A check stands for the time to the next one.
        const Instant end{std::min(to.nanoseconds, span.last.nanoseconds +
                                                       std::chrono::nanoseconds(every).count())};
        const Verdict verdict = verdictOf(span.summary);
        if (!row.spans.isEmpty() &&
            row.spans.last().to.nanoseconds + lateness >= span.first.nanoseconds) {
            row.spans.last().to = row.spans.last().verdict == verdict ? end : span.first;
            if (row.spans.last().verdict == verdict)
                continue;
        }
        row.spans.append({span.first, end, verdict, {}, {}});
    }
    for (TimelineSpan& span : row.spans)
        span.words = resultWords(probe.series().summary(span.from, span.to));
    course.rows.append(row);
    if (TracePoints p95 = latencyTraces(spans, every).p95; !p95.empty())
        course.curves.append({u"%1 p95"_qs.arg(name), std::move(p95)});
}

void addBursts(HealthCourse& course, const QString& service, const LogTally& tally, Instant from,
               Instant to) {
    for (qsizetype i = 0; i < tally.classes().size(); ++i) {
        TimelineRow row{
            TimelineLane::Health, u"%1 · log %2"_qs.arg(service, tally.classes()[i]), {}};
        for (const LogTally::Burst& burst : tally.bursts(i, from, to))
            row.spans.append({burst.from,
                              burst.to,
                              std::nullopt,
                              u"%1 lines of %2 at once"_qs.arg(burst.lines).arg(tally.classes()[i]),
                              {}});
        if (!row.spans.isEmpty())
            course.rows.append(row);
    }
}

} // namespace models
