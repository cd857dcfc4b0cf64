// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/verdict.h"
#include "models/health/boundedring.h"
#include "models/health/latencysketch.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace models {

/// One check as it is kept.
struct HealthSample {
    Instant at; ///< to the millisecond
    Verdict verdict = Verdict::Unknown;
    std::optional<double> latency; ///< seconds; of checks that passed
};

/// What a span of time came to. Latencies are those of checks that passed, in seconds.
struct HealthSummary {
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    std::uint64_t unknown = 0;
    std::uint64_t measured = 0; ///< with a latency
    double least = 0;
    double most = 0;
    double sum = 0;

    [[nodiscard]] std::uint64_t checks() const { return passed + failed + unknown; }
    [[nodiscard]] double mean() const {
        return measured == 0 ? 0 : sum / static_cast<double>(measured);
    }
};

/// What one bucket of time came to, to be drawn.
struct HealthSpan {
    Instant first; ///< its first check, or where the slot begins that it is known from
    Instant last;  ///< its last check, or where that slot ends
    HealthSummary summary;
    /// Seconds. Where single checks are gone, of the half hour or more around it.
    std::optional<double> median;
    std::optional<double> p95;
};

/// What a slot of 5 minutes or of an hour came to, as it is kept beyond the program's end.
struct HealthRollup {
    Instant begin;
    HealthSummary summary;
    PackedSketch sketch; ///< of an hour; empty of 5 minutes
};

/// A quantile, with what it rests on.
struct HealthQuantile {
    double seconds = 0;
    std::uint64_t samples = 0;
};

/// The checks of one probe: the newest 7,200 as they came, and 90 days rolled up, in at most 1 MB.
/// Memory grows with what is in it. A failure is counted and is never a latency; neither is what is
/// not known. No clock: time comes with the checks.
class HealthSeries {
public:
    HealthSeries();

    /// In order of time; one that is older than the newest is left out. A latency counts only
    /// where the check passed.
    void push(Instant at, Verdict verdict, std::optional<std::chrono::nanoseconds> latency);

    [[nodiscard]] bool isEmpty() const { return m_samples.isEmpty(); }
    [[nodiscard]] Instant newestAt() const;
    /// Oldest first, at most so many.
    [[nodiscard]] std::vector<HealthSample> newest(std::size_t count) const;

    /// From inclusive, to exclusive. What lies further back than the single checks is counted by
    /// roll-ups, each where its middle is within the span.
    [[nodiscard]] HealthSummary summary(Instant from, Instant to) const;
    /// By nearest rank, of the same span: exact as far as single checks reach, and within 1.6 %
    /// beyond. Nothing without a measured check.
    [[nodiscard]] std::optional<HealthQuantile> quantile(double share, Instant from,
                                                         Instant to) const;
    /// How many measured checks of that span took at most so many seconds; as exact as quantile().
    [[nodiscard]] std::uint64_t countWithin(double seconds, Instant from, Instant to) const;
    /// Buckets of this width on absolute time, oldest first; those without a check are left out.
    [[nodiscard]] std::vector<HealthSpan> spans(Instant from, Instant to,
                                                std::chrono::milliseconds width) const;

    /// Slots that were counted earlier, before anything is pushed: all hours, then all slots of
    /// 5 minutes, of each the oldest first.
    void restoreHour(const HealthRollup& hour);
    void restoreFiveMinutes(const HealthRollup& slot);
    /// Heap memory in use.
    [[nodiscard]] std::size_t bytes() const;

private:
    static constexpr std::int64_t always = std::numeric_limits<std::int64_t>::min();

    struct Sample {
        std::int64_t milliseconds = 0;
        float latency = -1; ///< seconds; negative: none
        Verdict verdict = Verdict::Unknown;

        void addTo(HealthSummary& summary) const;
    };
    struct Row {
        std::uint32_t slot = 0; ///< time by the level's resolution
        float least = 0;
        float most = 0;
        float sum = 0;
        std::uint16_t measured = 0;
        std::uint16_t passed = 0;
        std::uint16_t failed = 0;
        std::uint16_t unknown = 0;

        void addTo(HealthSummary& summary) const;
    };
    struct Level {
        Level(std::chrono::seconds slotLength, std::size_t limit)
            : resolution(slotLength)
            , rows(limit) {}

        std::chrono::seconds resolution;
        BoundedRing<Row> rows;
        std::int64_t wholeFrom = always; ///< from here on nothing was kept in coarser ones alone
    };
    struct Page {
        std::uint32_t slot = 0;
        PackedSketch sketch;
    };
    /// Sketches of closed slots, and the one that is being filled.
    struct Book {
        Book(std::chrono::seconds slotLength, std::size_t limit)
            : resolution(slotLength)
            , pages(limit) {}

        std::chrono::seconds resolution;
        BoundedRing<Page> pages;
        std::int64_t wholeFrom = always;
        std::uint32_t slot = 0;
        std::unique_ptr<LatencySketch> open; ///< once there is something to count
    };

    /// Measured ones: each by itself, or counted where single checks do not reach back so far.
    struct Latencies {
        bool isExact = false;
        std::vector<float> exact;
        LatencySketch counted;
    };

    static void add(Level& level, std::int64_t milliseconds, Verdict verdict, float latency);
    static LatencySketch& open(Book& book, std::int64_t milliseconds);
    void addRows(const Level& level, std::int64_t from, std::int64_t to,
                 HealthSummary& summary) const;
    void addPages(const Book& book, std::int64_t from, std::int64_t to,
                  LatencySketch& sketch) const;
    [[nodiscard]] Latencies latencies(Instant from, Instant to) const;
    /// The finest one that holds everything from then on, else the coarsest.
    [[nodiscard]] const Level& levelFor(std::int64_t begin) const;
    [[nodiscard]] const Book& bookFor(std::int64_t begin) const;
    static void restore(Level& level, const HealthRollup& rollup);
    void readRows(std::int64_t begin, std::int64_t end, std::int64_t width,
                  std::vector<HealthSpan>& spans) const;
    void readQuantiles(std::int64_t width, HealthSpan& span) const;
    [[nodiscard]] std::int64_t newest() const;
    [[nodiscard]] std::int64_t singleFrom() const;
    [[nodiscard]] std::size_t firstSample(std::int64_t milliseconds) const;

    BoundedRing<Sample> m_samples;
    std::int64_t m_singleFrom = always; ///< before it there were roll-ups alone
    std::array<Level, 3> m_levels;      ///< fine to coarse
    std::array<Book, 3> m_books;        ///< fine to coarse
};

} // namespace models
