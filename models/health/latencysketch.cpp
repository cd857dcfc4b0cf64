// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/health/latencysketch.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace models {

namespace {

constexpr double least = 50e-6; ///< seconds
constexpr double growth = 1.032;
const double binsToAnOctave = 1 / std::log2(growth);

std::uint16_t packed(std::uint32_t count) {
    return static_cast<std::uint16_t>(std::min<std::uint32_t>(count, UINT16_MAX));
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
    const auto& counts = sketch.counts();
    const auto used = static_cast<std::size_t>(
        std::count_if(counts.begin(), counts.end(), [](std::uint32_t count) { return count > 0; }));
    const bool isSparse = 2 * used < counts.size();
    m_words.reserve(isSparse ? 2 * used : counts.size());
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        if (isSparse && counts[bin] == 0)
            continue;
        if (isSparse)
            m_words.push_back(static_cast<std::uint16_t>(bin));
        m_words.push_back(packed(counts[bin]));
    }
}

PackedSketch PackedSketch::fromWords(std::vector<std::uint16_t> words) {
    PackedSketch sketch;
    const bool isDense = words.size() == LatencySketch::bins;
    bool isSketch = isDense || words.size() % 2 == 0;
    for (std::size_t i = 0; !isDense && i < words.size(); i += 2)
        isSketch = isSketch && words[i] < LatencySketch::bins;
    if (isSketch)
        sketch.m_words = std::move(words);
    return sketch;
}

void PackedSketch::addTo(LatencySketch& sketch) const {
    if (m_words.size() == LatencySketch::bins) {
        for (int bin = 0; bin < LatencySketch::bins; ++bin)
            sketch.addToBin(bin, m_words[static_cast<std::size_t>(bin)]);
        return;
    }
    for (std::size_t i = 0; i + 1 < m_words.size(); i += 2)
        sketch.addToBin(m_words[i], m_words[i + 1]);
}

} // namespace models
