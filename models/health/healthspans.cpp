// SPDX-License-Identifier: GPL-3.0-or-later
// A series in buckets to be drawn, and as it was rolled up earlier.
#include "models/health/healthseries.h"
#include "models/health/healthslots.h"

#include <limits>

namespace models {

namespace {

std::uint16_t clamped(std::uint64_t count) {
    return static_cast<std::uint16_t>(
        std::min<std::uint64_t>(count, std::numeric_limits<std::uint16_t>::max()));
}

/// The bucket of the time, which is the newest or behind it.
HealthSpan& spanAt(std::vector<HealthSpan>& spans, std::int64_t time, std::int64_t width,
                   Instant first) {
    const bool isNew = spans.empty() || millisecondsOf(spans.back().first) / width != time / width;
    if (isNew)
        spans.push_back({first, first, {}, {}, {}});
    return spans.back();
}

} // namespace

void HealthSeries::readRows(std::int64_t begin, std::int64_t end, std::int64_t width,
                            std::vector<HealthSpan>& spans) const {
    const Level& level = levelFor(begin);
    const std::int64_t last = newest();
    const std::size_t first = level.rows.firstNot(
        [&](const Row& row) { return middleOf(row.slot, level.resolution, last) < begin; });
    for (std::size_t i = first; i < level.rows.size(); ++i) {
        const Row& row = level.rows.at(i);
        const std::int64_t slotBegin = beginOf(row.slot, level.resolution);
        if (slotBegin >= end)
            return;
        HealthSpan& span = spanAt(spans, slotBegin, width, instantOf(slotBegin));
        span.last = instantOf(std::min(beginOf(row.slot + 1, level.resolution), last));
        row.addTo(span.summary);
    }
}

std::vector<HealthSpan> HealthSeries::spans(Instant from, Instant to,
                                            std::chrono::milliseconds wanted) const {
    std::vector<HealthSpan> spans;
    const std::int64_t width = std::max<std::int64_t>(1, wanted.count());
    const std::int64_t begin = millisecondsOf(from);
    const std::int64_t end = millisecondsOf(to);
    std::int64_t single = singleFrom();
    if (begin < single) {
        single = borderBehind(single, levelFor(begin).resolution);
        readRows(begin, std::min(single, end), width, spans);
    }
    std::vector<float> exact;
    const auto settle = [&exact](HealthSpan& span) {
        if (!exact.empty()) {
            span.median = nearestRank(exact, 0.5);
            span.p95 = nearestRank(exact, 0.95);
        }
        exact.clear();
    };
    for (HealthSpan& span : spans)
        readQuantiles(width, span);
    const std::size_t rolled = spans.size();
    for (std::size_t i = firstSample(std::max(begin, single)); i < m_samples.size(); ++i) {
        const Sample& sample = m_samples.at(i);
        if (sample.milliseconds >= end)
            break;
        const std::size_t before = spans.size();
        HealthSpan& span =
            spanAt(spans, sample.milliseconds, width, instantOf(sample.milliseconds));
        if (spans.size() > before && before > rolled)
            settle(spans[before - 1]);
        span.last = instantOf(sample.milliseconds);
        sample.addTo(span.summary);
        if (sample.latency >= 0 && spans.size() > rolled)
            exact.push_back(sample.latency);
    }
    if (spans.size() > rolled)
        settle(spans.back());
    return spans;
}

/// Of all pages in the bucket, or of the one that it is a part of.
void HealthSeries::readQuantiles(std::int64_t width, HealthSpan& span) const {
    if (span.summary.measured == 0)
        return;
    const std::int64_t begin = millisecondsOf(span.first);
    const Book& book = bookFor(begin);
    const std::int64_t end = (begin / width + 1) * width;
    LatencySketch sketch;
    const std::size_t first = book.pages.firstNot(
        [&](const Page& page) { return beginOf(page.slot + 1, book.resolution) <= begin; });
    for (std::size_t i = first; i < book.pages.size(); ++i) {
        const Page& page = book.pages.at(i);
        if (beginOf(page.slot, book.resolution) >= end)
            break;
        page.sketch.addTo(sketch);
    }
    if (book.open && beginOf(book.slot, book.resolution) < end &&
        beginOf(book.slot + 1, book.resolution) > begin)
        book.open->addTo(sketch);
    if (sketch.count() == 0)
        return;
    span.median = sketch.quantile(0.5);
    span.p95 = sketch.quantile(0.95);
}

void HealthSeries::restore(Level& level, const HealthRollup& rollup) {
    const HealthSummary& summary = rollup.summary;
    level.rows.push({slotOf(millisecondsOf(rollup.begin), level.resolution),
                     static_cast<float>(summary.least), static_cast<float>(summary.most),
                     static_cast<float>(summary.sum), clamped(summary.measured),
                     clamped(summary.passed), clamped(summary.failed), clamped(summary.unknown)});
}

void HealthSeries::restoreHour(const HealthRollup& hour) {
    const auto hours = m_levels.back().resolution;
    const std::int64_t begin = millisecondsOf(hour.begin);
    m_singleFrom = beginOf(slotOf(begin, hours) + 1, hours);
    for (std::size_t i = 0; i + 1 < m_levels.size(); ++i)
        m_levels[i].wholeFrom = m_singleFrom;
    m_books.front().wholeFrom = m_singleFrom;
    restore(m_levels.back(), hour);
    m_books[1].pages.push({slotOf(begin, m_books[1].resolution), hour.sketch});
    hour.sketch.addTo(open(m_books.back(), begin));
}

void HealthSeries::restoreFiveMinutes(const HealthRollup& slot) {
    Level& level = m_levels[1];
    if (level.rows.isEmpty())
        level.wholeFrom = millisecondsOf(slot.begin);
    restore(level, slot);
}

} // namespace models
