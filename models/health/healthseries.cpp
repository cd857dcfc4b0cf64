// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/healthseries.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace models {

namespace {

using std::chrono::days;
using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t singleChecks = 7'200;

std::int64_t millisecondsOf(Instant at) {
    return at.nanoseconds / 1'000'000;
}

Instant instantOf(std::int64_t time) {
    return {time * 1'000'000};
}

std::uint32_t slotOf(std::int64_t time, seconds resolution) {
    return static_cast<std::uint32_t>(time / milliseconds(resolution).count());
}

std::int64_t beginOf(std::uint32_t slot, seconds resolution) {
    return std::int64_t(slot) * milliseconds(resolution).count();
}

/// Of what a slot holds: the last one ends with the newest check.
std::int64_t middleOf(std::uint32_t slot, seconds resolution, std::int64_t newest) {
    const std::int64_t end = std::min(beginOf(slot + 1, resolution), newest);
    return (beginOf(slot, resolution) + end) / 2;
}

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
    for (Book& book : m_books)
        add(book, time, latency);
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

void HealthSeries::add(Book& book, std::int64_t time, float latency) {
    const std::uint32_t slot = slotOf(time, book.resolution);
    if (!book.open) {
        book.open = std::make_unique<LatencySketch>();
        book.slot = slot;
    } else if (book.slot != slot) {
        book.pages.push({book.slot, PackedSketch(*book.open)});
        book.open->clear();
        book.slot = slot;
    }
    book.open->add(double(latency));
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
    return m_samples.hasForgotten() ? m_samples.at(0).milliseconds
                                    : std::numeric_limits<std::int64_t>::min();
}

std::size_t HealthSeries::firstSample(std::int64_t time) const {
    return m_samples.firstNot([time](const Sample& sample) { return sample.milliseconds < time; });
}

void HealthSeries::addRows(const Level& level, std::int64_t from, std::int64_t to,
                           HealthSummary& summary) const {
    const std::int64_t newest = m_samples.back().milliseconds;
    const std::size_t first = level.rows.firstNot(
        [&](const Row& row) { return middleOf(row.slot, level.resolution, newest) < from; });
    for (std::size_t i = first; i < level.rows.size(); ++i) {
        const Row& row = level.rows.at(i);
        if (middleOf(row.slot, level.resolution, newest) >= to)
            return;
        summary.passed += row.passed;
        summary.failed += row.failed;
        summary.unknown += row.unknown;
        if (row.measured == 0)
            continue;
        const bool isFirst = summary.measured == 0;
        summary.least = isFirst ? double(row.least) : std::min(summary.least, double(row.least));
        summary.most = std::max(summary.most, double(row.most));
        summary.sum += double(row.sum);
        summary.measured += row.measured;
    }
}

HealthSummary HealthSeries::summary(Instant from, Instant to) const {
    HealthSummary summary;
    const std::int64_t begin = millisecondsOf(from);
    const std::int64_t end = millisecondsOf(to);
    std::int64_t single = singleFrom();
    if (begin < single) {
        // The finest level that reaches back so far; its slots up to a border, single checks
        // behind.
        const auto level =
            std::find_if(m_levels.begin(), m_levels.end() - 1, [begin](const Level& candidate) {
                return !candidate.rows.hasForgotten() ||
                       beginOf(candidate.rows.at(0).slot, candidate.resolution) <= begin;
            });
        single = beginOf(slotOf(single, level->resolution) + 1, level->resolution);
        addRows(*level, begin, std::min(single, end), summary);
    }
    for (std::size_t i = firstSample(std::max(begin, single)); i < m_samples.size(); ++i) {
        const Sample& sample = m_samples.at(i);
        if (sample.milliseconds >= end)
            break;
        summary.passed += sample.verdict == Verdict::Pass ? 1 : 0;
        summary.failed += sample.verdict == Verdict::Fail ? 1 : 0;
        summary.unknown += sample.verdict == Verdict::Unknown ? 1 : 0;
        if (sample.latency < 0)
            continue;
        const double latency = double(sample.latency);
        summary.least = summary.measured == 0 ? latency : std::min(summary.least, latency);
        summary.most = std::max(summary.most, latency);
        summary.sum += latency;
        ++summary.measured;
    }
    return summary;
}

void HealthSeries::addPages(const Book& book, std::int64_t from, std::int64_t to,
                            LatencySketch& sketch) const {
    const std::int64_t newest = m_samples.back().milliseconds;
    const std::size_t first = book.pages.firstNot(
        [&](const Page& page) { return middleOf(page.slot, book.resolution, newest) < from; });
    for (std::size_t i = first; i < book.pages.size(); ++i) {
        const Page& page = book.pages.at(i);
        if (middleOf(page.slot, book.resolution, newest) >= to)
            return;
        page.sketch.addTo(sketch);
    }
    const std::int64_t openMiddle = middleOf(book.slot, book.resolution, newest);
    if (!book.open || openMiddle < from || openMiddle >= to)
        return;
    for (int bin = 0; bin < LatencySketch::bins; ++bin)
        sketch.addToBin(bin, book.open->counts()[static_cast<std::size_t>(bin)]);
}

HealthSeries::Latencies HealthSeries::latencies(Instant from, Instant to) const {
    const std::int64_t begin = millisecondsOf(from);
    const std::int64_t end = millisecondsOf(to);
    std::int64_t single = singleFrom();
    Latencies latencies;
    latencies.isExact = begin >= single;
    if (!latencies.isExact) {
        const auto book =
            std::find_if(m_books.begin(), m_books.end() - 1, [begin](const Book& candidate) {
                return !candidate.pages.hasForgotten() ||
                       beginOf(candidate.pages.at(0).slot, candidate.resolution) <= begin;
            });
        single = beginOf(slotOf(single, book->resolution) + 1, book->resolution);
        addPages(*book, begin, std::min(single, end), latencies.counted);
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
    const auto rank = static_cast<std::size_t>(
        std::max(1.0, std::ceil(share * static_cast<double>(all.exact.size()))));
    const auto wanted = all.exact.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(all.exact.begin(), wanted, all.exact.end());
    return HealthQuantile{double(*wanted), all.exact.size()};
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
