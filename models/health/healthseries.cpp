// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthseries.h"

#include "models/health/healthslots.h"

#include <algorithm>
#include <limits>

namespace models {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t singleChecks = 7'200;

void increment(std::uint16_t& count) {
    if (count < std::numeric_limits<std::uint16_t>::max())
        ++count;
}

std::size_t slotsIn(seconds span, seconds resolution) {
    return static_cast<std::size_t>(span / resolution);
}

} // namespace

HealthSeries::HealthSeries()
    : m_samples(singleChecks)
    , m_levels{Level(seconds(10), slotsIn(hours(24), seconds(10))),
               Level(minutes(5), slotsIn(days(7), minutes(5))),
               Level(hours(1), slotsIn(days(90), hours(1)))}
    , m_books{Book(minutes(30), slotsIn(hours(24), minutes(30))),
              Book(hours(1), slotsIn(days(7), hours(1))),
              Book(hours(6), slotsIn(days(90), hours(6)))} {}

void HealthSeries::push(Instant at, Verdict verdict, std::optional<std::chrono::nanoseconds> took) {
    const std::int64_t time = millisecondsOf(at);
    if (time < 0 || (!m_samples.isEmpty() && time < m_samples.back().milliseconds))
        return;
    const bool isMeasured = verdict == Verdict::Pass && took && took->count() >= 0;
    const float latency =
        isMeasured ? static_cast<float>(static_cast<double>(took->count()) / 1e9) : -1.0F;
    m_samples.push({time, latency, verdict});
    for (Level& level : m_levels)
        add(level, time, verdict, latency);
    if (!isMeasured)
        return;
    const int bin = LatencySketch::binOf(double(latency));
    for (Book& book : m_books)
        open(book, time).addToBin(bin, 1);
}

void HealthSeries::add(Level& level, std::int64_t time, Verdict verdict, float latency) {
    const std::uint32_t slot = slotOf(time, level.resolution);
    if (level.rows.isEmpty() || level.rows.back().slot != slot)
        level.rows.push({slot});
    Row& row = level.rows.back();
    switch (verdict) {
    case Verdict::Pass:
        increment(row.passed);
        break;
    case Verdict::Fail:
        increment(row.failed);
        break;
    case Verdict::Unknown:
        increment(row.unknown);
        break;
    }
    if (latency < 0)
        return;
    row.least = row.measured == 0 ? latency : std::min(row.least, latency);
    row.most = std::max(row.most, latency);
    row.sum += latency;
    increment(row.measured);
}

/// The sketch that this time falls into; what came before it is closed.
LatencySketch& HealthSeries::open(Book& book, std::int64_t time) {
    const std::uint32_t slot = slotOf(time, book.resolution);
    if (!book.open) {
        book.open = std::make_unique<LatencySketch>();
        book.slot = slot;
    } else if (book.slot != slot) {
        book.pages.push({book.slot, PackedSketch(*book.open)});
        book.open->clear();
        book.slot = slot;
    }
    return *book.open;
}

Instant HealthSeries::newestAt() const {
    return m_samples.isEmpty() ? Instant() : instantOf(m_samples.back().milliseconds);
}

std::vector<HealthSample> HealthSeries::newest(std::size_t count) const {
    const std::size_t size = m_samples.size();
    std::vector<HealthSample> samples;
    samples.reserve(std::min(count, size));
    for (std::size_t i = size - std::min(count, size); i < size; ++i) {
        const Sample& sample = m_samples.at(i);
        samples.push_back(
            {instantOf(sample.milliseconds), sample.verdict,
             sample.latency < 0 ? std::nullopt : std::optional(double(sample.latency))});
    }
    return samples;
}

/// From here on every check is there by itself.
std::int64_t HealthSeries::singleFrom() const {
    return m_samples.hasForgotten() ? std::max(m_singleFrom, m_samples.at(0).milliseconds)
                                    : m_singleFrom;
}

std::int64_t HealthSeries::newest() const {
    return m_samples.isEmpty() ? m_singleFrom : m_samples.back().milliseconds;
}

const HealthSeries::Level& HealthSeries::levelFor(std::int64_t begin) const {
    return *std::find_if(m_levels.begin(), m_levels.end() - 1, [begin](const Level& candidate) {
        return candidate.wholeFrom <= begin &&
               (!candidate.rows.hasForgotten() ||
                beginOf(candidate.rows.at(0).slot, candidate.resolution) <= begin);
    });
}

const HealthSeries::Book& HealthSeries::bookFor(std::int64_t begin) const {
    return *std::find_if(m_books.begin(), m_books.end() - 1, [begin](const Book& candidate) {
        return candidate.wholeFrom <= begin &&
               (!candidate.pages.hasForgotten() ||
                beginOf(candidate.pages.at(0).slot, candidate.resolution) <= begin);
    });
}

std::size_t HealthSeries::firstSample(std::int64_t time) const {
    return m_samples.firstNot([time](const Sample& sample) { return sample.milliseconds < time; });
}

void HealthSeries::addRows(const Level& level, std::int64_t from, std::int64_t to,
                           HealthSummary& summary) const {
    const std::int64_t last = newest();
    const std::size_t first = level.rows.firstNot(
        [&](const Row& row) { return middleOf(row.slot, level.resolution, last) < from; });
    for (std::size_t i = first; i < level.rows.size(); ++i) {
        const Row& row = level.rows.at(i);
        if (middleOf(row.slot, level.resolution, last) >= to)
            return;
        row.addTo(summary);
    }
}

void HealthSeries::Row::addTo(HealthSummary& summary) const {
    summary.passed += passed;
    summary.failed += failed;
    summary.unknown += unknown;
    if (measured == 0)
        return;
    summary.least = summary.measured == 0 ? double(least) : std::min(summary.least, double(least));
    summary.most = std::max(summary.most, double(most));
    summary.sum += double(sum);
    summary.measured += measured;
}

void HealthSeries::Sample::addTo(HealthSummary& summary) const {
    summary.passed += verdict == Verdict::Pass ? 1 : 0;
    summary.failed += verdict == Verdict::Fail ? 1 : 0;
    summary.unknown += verdict == Verdict::Unknown ? 1 : 0;
    if (latency < 0)
        return;
    const double seconds = double(latency);
    summary.least = summary.measured == 0 ? seconds : std::min(summary.least, seconds);
    summary.most = std::max(summary.most, seconds);
    summary.sum += seconds;
    ++summary.measured;
}

HealthSummary HealthSeries::summary(Instant from, Instant to) const {
    HealthSummary summary;
    const std::int64_t begin = millisecondsOf(from);
    const std::int64_t end = millisecondsOf(to);
    std::int64_t single = singleFrom();
    if (begin < single) {
        // The finest level that reaches back so far; its slots up to a border, single checks
        // behind.
        const Level& level = levelFor(begin);
        single = borderBehind(single, level.resolution);
        addRows(level, begin, std::min(single, end), summary);
    }
    for (std::size_t i = firstSample(std::max(begin, single)); i < m_samples.size(); ++i) {
        const Sample& sample = m_samples.at(i);
        if (sample.milliseconds >= end)
            break;
        sample.addTo(summary);
    }
    return summary;
}

void HealthSeries::addPages(const Book& book, std::int64_t from, std::int64_t to,
                            LatencySketch& sketch) const {
    const std::int64_t last = newest();
    const std::size_t first = book.pages.firstNot(
        [&](const Page& page) { return middleOf(page.slot, book.resolution, last) < from; });
    for (std::size_t i = first; i < book.pages.size(); ++i) {
        const Page& page = book.pages.at(i);
        if (middleOf(page.slot, book.resolution, last) >= to)
            return;
        page.sketch.addTo(sketch);
    }
    const std::int64_t openMiddle = middleOf(book.slot, book.resolution, last);
    if (!book.open || openMiddle < from || openMiddle >= to)
        return;
    book.open->addTo(sketch);
}

HealthSeries::Latencies HealthSeries::latencies(Instant from, Instant to) const {
    const std::int64_t begin = millisecondsOf(from);
    const std::int64_t end = millisecondsOf(to);
    std::int64_t single = singleFrom();
    Latencies latencies;
    latencies.isExact = begin >= single;
    if (!latencies.isExact) {
        const Book& book = bookFor(begin);
        single = borderBehind(single, book.resolution);
        addPages(book, begin, std::min(single, end), latencies.counted);
    }
    for (std::size_t i = firstSample(std::max(begin, single)); i < m_samples.size(); ++i) {
        const Sample& sample = m_samples.at(i);
        if (sample.milliseconds >= end)
            break;
        if (sample.latency < 0)
            continue;
        if (latencies.isExact)
            latencies.exact.push_back(sample.latency);
        else
            latencies.counted.add(double(sample.latency));
    }
    return latencies;
}

std::optional<HealthQuantile> HealthSeries::quantile(double share, Instant from, Instant to) const {
    Latencies all = latencies(from, to);
    if (!all.isExact) {
        const std::uint64_t count = all.counted.count();
        return count == 0 ? std::nullopt
                          : std::optional(HealthQuantile{all.counted.quantile(share), count});
    }
    if (all.exact.empty())
        return std::nullopt;
    return HealthQuantile{nearestRank(all.exact, share), all.exact.size()};
}

std::uint64_t HealthSeries::countWithin(double seconds, Instant from, Instant to) const {
    const Latencies all = latencies(from, to);
    if (!all.isExact)
        return all.counted.countWithin(seconds);
    // As they are kept: 0.1 is a little more than what a sample of 0.1 s has become.
    const auto limit = static_cast<float>(seconds);
    return static_cast<std::uint64_t>(std::count_if(
        all.exact.begin(), all.exact.end(), [limit](float taken) { return taken <= limit; }));
}

std::size_t HealthSeries::bytes() const {
    std::size_t bytes = m_samples.bytes();
    for (const Level& level : m_levels)
        bytes += level.rows.bytes();
    for (const Book& book : m_books) {
        bytes += book.pages.bytes() + (book.open ? sizeof(LatencySketch) : 0);
        for (std::size_t i = 0; i < book.pages.size(); ++i)
            bytes += book.pages.at(i).sketch.bytes();
    }
    return bytes;
}

} // namespace models
