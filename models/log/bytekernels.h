// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/bytescan.h"

namespace models {

/// One set of the loops behind bytescan.h.
struct ByteKernels {
    void (*splitLines)(const char* data, size_t size, LineEnds& ends);
    size_t (*countFeeds)(const char* data, size_t size);
    std::uint64_t (*wordStarts)(const char* data, size_t size, char before);
    /// A position from at on, or end.
    const char* (*find)(const LiteralFinder::Key& key, const char* at, const char* end);
};

[[nodiscard]] const ByteKernels& portableKernels();
/// Null where the processor or the architecture has no AVX2.
[[nodiscard]] const ByteKernels* avx2Kernels();

/// Whether the text stands at `at`, where size bytes can be read.
[[nodiscard]] bool standsAt(const LiteralFinder::Key& key, const char* at);

} // namespace models
