// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace models {

/// How often latencies fell into each of many bins, whose borders grow by 3.2 %: a quantile read
/// from it is within 1.6 % of the exact one, whatever the distribution, and sketches add up. What
/// is below 50 µs or above 65 s is counted with the outermost bin.
class LatencySketch {
public:
    static constexpr int bins = 447;

    [[nodiscard]] static int binOf(double seconds);
    /// The middle of a bin, in seconds: nowhere further than 1.6 % from what it holds.
    [[nodiscard]] static double middleOf(int bin);

    void add(double seconds) { ++m_counts[static_cast<std::size_t>(binOf(seconds))]; }
    void addToBin(int bin, std::uint32_t count) {
        m_counts[static_cast<std::size_t>(bin)] += count;
    }
    void addTo(LatencySketch& other) const {
        for (std::size_t bin = 0; bin < bins; ++bin)
            other.m_counts[bin] += m_counts[bin];
    }
    [[nodiscard]] std::uint64_t count() const;
    /// By nearest rank, 0 < share <= 1, in seconds; 0 where nothing was counted.
    [[nodiscard]] double quantile(double share) const;
    /// How many took at most so long, by the middles of the bins.
    [[nodiscard]] std::uint64_t countWithin(double seconds) const;
    [[nodiscard]] const std::array<std::uint32_t, bins>& counts() const { return m_counts; }
    void clear() { m_counts.fill(0); }

private:
    std::array<std::uint32_t, bins> m_counts{};
};

/// A sketch to which nothing is added any more, in little memory: about 2 bytes for a bin in which
/// something was counted. Of one bin it knows no more than 65,535.
class PackedSketch {
public:
    PackedSketch() = default;
    explicit PackedSketch(const LatencySketch& sketch);

    void addTo(LatencySketch& sketch) const;
    /// As it lies in a file: the counts of all bins, or where that is shorter, pairs of a bin and
    /// its count. And back; numbers that make no sketch come to an empty one.
    [[nodiscard]] std::vector<std::uint16_t> words() const;
    [[nodiscard]] static PackedSketch fromWords(const std::vector<std::uint16_t>& words);
    [[nodiscard]] std::size_t bytes() const { return m_packed.capacity(); }

private:
    /// Of each bin in which something was counted, how many bins lie before it since the last such
    /// one, and its count: numbers of 7 bits a byte, the low ones first, all but a number's last
    /// byte with the high bit set.
    std::vector<std::uint8_t> m_packed;
};

} // namespace models
