// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/instant.h"
#include "models/core/verdict.h"
#include "models/health/boundedring.h"
#include "models/health/latencysketch.h"

#include <array>
#include <chrono>
#include <cstdint>
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
    /// Heap memory in use.
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Sample {
        std::int64_t milliseconds = 0;
        float latency = -1; ///< seconds; negative: none
        Verdict verdict = Verdict::Unknown;
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
    };
    struct Level {
        Level(std::chrono::seconds slotLength, std::size_t limit)
            : resolution(slotLength)
            , rows(limit) {}

        std::chrono::seconds resolution;
        BoundedRing<Row> rows;
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
    static void add(Book& book, std::int64_t milliseconds, float latency);
    void addRows(const Level& level, std::int64_t from, std::int64_t to,
                 HealthSummary& summary) const;
    void addPages(const Book& book, std::int64_t from, std::int64_t to,
                  LatencySketch& sketch) const;
    [[nodiscard]] Latencies latencies(Instant from, Instant to) const;
    [[nodiscard]] std::int64_t singleFrom() const;
    [[nodiscard]] std::size_t firstSample(std::int64_t milliseconds) const;

    BoundedRing<Sample> m_samples;
    std::array<Level, 3> m_levels; ///< fine to coarse
    std::array<Book, 3> m_books;   ///< fine to coarse
};

} // namespace models
