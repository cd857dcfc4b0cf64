// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/bytescan.h"

namespace models {

/// Pairs of bytes, in eight sets: a pair is in set i where bit i is set in all four entries that
/// the halves of its bytes choose.
struct PairTables {
    alignas(16) std::uint8_t firstLow[16];
    alignas(16) std::uint8_t firstHigh[16];
    alignas(16) std::uint8_t secondLow[16];
    alignas(16) std::uint8_t secondHigh[16];

    [[nodiscard]] bool has(char first, char second) const {
        const auto a = static_cast<unsigned char>(first);
        const auto b = static_cast<unsigned char>(second);
        return (firstLow[a & 15] & firstHigh[a >> 4] & secondLow[b & 15] & secondHigh[b >> 4]) != 0;
    }
};

/// Has the pairs with which words of levels and their keys begin, in any case, and some more.
[[nodiscard]] const PairTables& levelPairs();

/// One set of the loops behind bytescan.h.
struct ByteKernels {
    void (*splitLines)(const char* data, size_t size, LineEnds& ends);
    size_t (*countFeeds)(const char* data, size_t size);
    std::uint64_t (*levelStarts)(const char* data, size_t size, char before);
    /// A position from at on, or end.
    const char* (*find)(const LiteralFinder::Key& key, const char* at, const char* end);
};

[[nodiscard]] const ByteKernels& portableKernels();
/// Null where the processor or the architecture has no AVX2.
[[nodiscard]] const ByteKernels* avx2Kernels();

/// Whether the text stands at `at`, where size bytes can be read.
[[nodiscard]] bool standsAt(const LiteralFinder::Key& key, const char* at);

} // namespace models
