// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/latencysketch.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace models {

namespace {

constexpr double least = 50e-6; ///< seconds
constexpr double growth = 1.032;
const double binsToAnOctave = 1 / std::log2(growth);

void append(std::uint32_t number, std::vector<std::uint8_t>& bytes) {
    for (; number > 0x7F; number >>= 7)
        bytes.push_back(static_cast<std::uint8_t>(number | 0x80));
    bytes.push_back(static_cast<std::uint8_t>(number));
}

/// From there on; at is behind it then.
std::uint32_t numberAt(const std::vector<std::uint8_t>& bytes, std::size_t& at) {
    std::uint32_t number = 0;
    for (int shift = 0;; shift += 7) {
        const std::uint8_t byte = bytes[at++];
        number |= std::uint32_t(byte & 0x7F) << shift;
        if (byte < 0x80)
            return number;
    }
}

} // namespace

int LatencySketch::binOf(double seconds) {
    if (!(seconds > least)) // also where it is not a number
        return 0;
    const double bin = std::log2(seconds / least) * binsToAnOctave;
    return bin >= bins - 1 ? bins - 1 : static_cast<int>(bin);
}

double LatencySketch::middleOf(int bin) {
    // Equally far, in parts of it, from both of its borders.
    return least * std::pow(growth, bin) * 2 * growth / (1 + growth);
}

std::uint64_t LatencySketch::count() const {
    return std::accumulate(m_counts.begin(), m_counts.end(), std::uint64_t(0));
}

double LatencySketch::quantile(double share) const {
    const std::uint64_t all = count();
    if (all == 0)
        return 0;
    const auto rank = std::max<std::uint64_t>(
        1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(all))));
    std::uint64_t seen = 0;
    for (int bin = 0; bin < bins; ++bin) {
        seen += m_counts[static_cast<std::size_t>(bin)];
        if (seen >= rank)
            return middleOf(bin);
    }
    return middleOf(bins - 1);
}

std::uint64_t LatencySketch::countWithin(double seconds) const {
    const int last = binOf(seconds);
    const int end = middleOf(last) <= seconds ? last + 1 : last;
    return std::accumulate(m_counts.begin(), m_counts.begin() + end, std::uint64_t(0));
}

PackedSketch::PackedSketch(const LatencySketch& sketch) {
    std::vector<std::uint8_t> packed;
    std::uint32_t gap = 0;
    for (const std::uint32_t count : sketch.counts()) {
        if (count == 0) {
            ++gap;
            continue;
        }
        append(std::exchange(gap, 0), packed);
        append(std::min<std::uint32_t>(count, UINT16_MAX), packed);
    }
    m_packed = {packed.begin(), packed.end()}; // with no room to grow
}

std::vector<std::uint16_t> PackedSketch::words() const {
    std::vector<std::uint16_t> pairs;
    std::uint32_t bin = 0;
    for (std::size_t at = 0; at < m_packed.size(); ++bin) {
        bin += numberAt(m_packed, at);
        pairs.push_back(static_cast<std::uint16_t>(bin));
        pairs.push_back(static_cast<std::uint16_t>(numberAt(m_packed, at)));
    }
    if (pairs.size() < LatencySketch::bins)
        return pairs;
    std::vector<std::uint16_t> counts(LatencySketch::bins);
    for (std::size_t i = 0; i < pairs.size(); i += 2)
        counts[pairs[i]] = pairs[i + 1];
    return counts;
}

PackedSketch PackedSketch::fromWords(const std::vector<std::uint16_t>& words) {
    LatencySketch sketch;
    if (words.size() == LatencySketch::bins) {
        for (std::size_t bin = 0; bin < words.size(); ++bin)
            sketch.addToBin(static_cast<int>(bin), words[bin]);
        return PackedSketch(sketch);
    }
    if (words.size() % 2 != 0)
        return {};
    for (std::size_t i = 0; i < words.size(); i += 2) {
        if (words[i] >= LatencySketch::bins)
            return {};
        sketch.addToBin(words[i], words[i + 1]);
    }
    return PackedSketch(sketch);
}

void PackedSketch::addTo(LatencySketch& sketch) const {
    std::uint32_t bin = 0;
    for (std::size_t at = 0; at < m_packed.size(); ++bin) {
        bin += numberAt(m_packed, at);
        sketch.addToBin(static_cast<int>(bin), numberAt(m_packed, at));
    }
}

} // namespace models
