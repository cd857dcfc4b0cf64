// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/bytekernels.h"

#if defined(__x86_64__) && defined(__GNUC__)

#include <algorithm>
#include <bit>
#include <cstring>
#include <immintrin.h>

// Only these functions are compiled for AVX2: the rest of the program runs on any processor.
#define GANTRY_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))

namespace models {

namespace {

constexpr size_t width = 64; ///< bytes a turn

GANTRY_AVX2 inline __m256i load(const char* at) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
}

GANTRY_AVX2 inline std::uint64_t maskOf(__m256i low, __m256i high) {
    const auto lowBits = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
    const auto highBits = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
    return lowBits | std::uint64_t{highBits} << 32;
}

GANTRY_AVX2 inline std::uint64_t equalTo(const char* at, __m256i byte) {
    return maskOf(_mm256_cmpeq_epi8(load(at), byte), _mm256_cmpeq_epi8(load(at + 32), byte));
}

/// The last few bytes, with zeros behind them.
struct Padded {
    alignas(32) char bytes[width] = {};
    Padded(const char* data, size_t size) { std::memcpy(bytes, data, size); }
};

GANTRY_AVX2 inline std::uint32_t specialIf(std::uint64_t bits) {
    return bits != 0 ? LineEnds::special : 0;
}

/// Whether a line ends in a turn is a toss: no branch depends on it, only on whether another does.
GANTRY_AVX2 inline std::uint32_t* splitTurn(const char* at, std::uint32_t base, std::uint32_t& seen,
                                            std::uint32_t* out) {
    std::uint64_t feeds = equalTo(at, _mm256_set1_epi8('\n'));
    std::uint64_t specials =
        equalTo(at, _mm256_set1_epi8('\x1b')) | equalTo(at, _mm256_set1_epi8('\r'));
    do {
        const std::uint64_t upTo = _blsmsk_u64(feeds); // all of them where no line ends
        const std::uint32_t ended = feeds != 0 ? 1 : 0;
        seen |= specialIf(specials & upTo);
        *out = (base + static_cast<std::uint32_t>(_tzcnt_u64(feeds))) | seen;
        out += ended;
        seen &= ended - 1;
        specials &= ~upTo;
        feeds = _blsr_u64(feeds);
    } while (feeds != 0);
    seen |= specialIf(specials);
    return out;
}

GANTRY_AVX2 void splitLinesAvx2(const char* data, size_t size, LineEnds& ends) {
    std::uint32_t seen = 0;
    size_t count = ends.feeds.size();
    for (size_t at = 0; at < size; at += width) {
        if (ends.feeds.size() < count + width)
            ends.feeds.resize(std::max<size_t>(2 * count, 16 * width));
        std::uint32_t* const out = ends.feeds.data() + count;
        const auto base = static_cast<std::uint32_t>(at);
        if (size - at >= width)
            count += static_cast<size_t>(splitTurn(data + at, base, seen, out) - out);
        else
            count += static_cast<size_t>(
                splitTurn(Padded(data + at, size - at).bytes, base, seen, out) - out);
    }
    ends.feeds.resize(count);
    ends.restIsSpecial = seen != 0;
}

GANTRY_AVX2 size_t countFeedsAvx2(const char* data, size_t size) {
    const __m256i feed = _mm256_set1_epi8('\n');
    size_t count = 0;
    size_t at = 0;
    for (; size - at >= width; at += width)
        count += static_cast<size_t>(std::popcount(equalTo(data + at, feed)));
    for (; at < size; ++at)
        count += data[at] == '\n' ? 1 : 0;
    return count;
}

/// Bits of letters, and of all bytes that go on with a word.
GANTRY_AVX2 inline void classify(__m256i bytes, __m256i& letters, __m256i& joining) {
    const __m256i lower = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
    letters = _mm256_and_si256(_mm256_cmpgt_epi8(lower, _mm256_set1_epi8('a' - 1)),
                               _mm256_cmpgt_epi8(_mm256_set1_epi8('z' + 1), lower));
    const __m256i digits = _mm256_and_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8('0' - 1)),
                                            _mm256_cmpgt_epi8(_mm256_set1_epi8('9' + 1), bytes));
    const __m256i underscore = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_'));
    const __m256i high = _mm256_cmpgt_epi8(_mm256_setzero_si256(), bytes);
    joining = _mm256_or_si256(_mm256_or_si256(letters, digits), _mm256_or_si256(underscore, high));
}

GANTRY_AVX2 inline __m256i table(const std::uint8_t* entries) {
    return _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(entries)));
}

/// For each byte the sets that it may begin, or end, a pair of.
GANTRY_AVX2 inline __m256i setsOf(__m256i bytes, __m256i low, __m256i high) {
    const __m256i nibble = _mm256_set1_epi8(15);
    const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
    return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble)),
                            _mm256_shuffle_epi8(high, upper));
}

GANTRY_AVX2 std::uint64_t levelStartsAvx2(const char* data, size_t size, char before) {
    if (size <= width) { // the byte behind the last is read too
        alignas(32) char padded[width + 32] = {};
        std::memcpy(padded, data, size);
        return levelStartsAvx2(padded, width + 1, before);
    }
    const PairTables& pairs = levelPairs();
    const __m256i firstLow = table(pairs.firstLow);
    const __m256i firstHigh = table(pairs.firstHigh);
    const __m256i secondLow = table(pairs.secondLow);
    const __m256i secondHigh = table(pairs.secondHigh);
    __m256i letters[2];
    __m256i joining[2];
    __m256i none[2];
    for (unsigned half = 0; half < 2; ++half) {
        const char* const at = data + 32 * half;
        classify(load(at), letters[half], joining[half]);
        const __m256i sets = _mm256_and_si256(setsOf(load(at), firstLow, firstHigh),
                                              setsOf(load(at + 1), secondLow, secondHigh));
        none[half] = _mm256_cmpeq_epi8(sets, _mm256_setzero_si256());
    }
    const char lower = static_cast<char>(before | 0x20);
    const bool joined = (lower >= 'a' && lower <= 'z') || (before >= '0' && before <= '9') ||
                        before == '_' || static_cast<signed char>(before) < 0;
    const std::uint64_t behind = maskOf(joining[0], joining[1]) << 1 | (joined ? 1 : 0);
    const std::uint64_t paired = ~maskOf(none[0], none[1]);
    return maskOf(letters[0], letters[1]) & paired & ~behind & ~(std::uint64_t{1} << 63);
}

GANTRY_AVX2 const char* findAvx2(const LiteralFinder::Key& key, const char* at, const char* end) {
    if (end - at < key.size + static_cast<ptrdiff_t>(width))
        return portableKernels().find(key, at, end);
    const __m256i first = _mm256_set1_epi8(key.text[key.first]);
    const __m256i second = _mm256_set1_epi8(key.text[key.second]);
    const __m256i firstFold = _mm256_set1_epi8(key.firstFold);
    const __m256i secondFold = _mm256_set1_epi8(key.secondFold);
    // The highest start from which a whole turn of the text can be read.
    const char* const lastTurn = end - key.size - width;
    for (; at <= lastTurn; at += width) {
        const char* const a = at + key.first;
        const char* const b = at + key.second;
        const __m256i low =
            _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(load(a), firstFold), first),
                             _mm256_cmpeq_epi8(_mm256_or_si256(load(b), secondFold), second));
        const __m256i high =
            _mm256_and_si256(_mm256_cmpeq_epi8(_mm256_or_si256(load(a + 32), firstFold), first),
                             _mm256_cmpeq_epi8(_mm256_or_si256(load(b + 32), secondFold), second));
        for (std::uint64_t bits = maskOf(low, high); bits != 0; bits = _blsr_u64(bits)) {
            const char* const candidate = at + std::countr_zero(bits);
            if (standsAt(key, candidate))
                return candidate;
        }
    }
    return portableKernels().find(key, at, end);
}

} // namespace

const ByteKernels* avx2Kernels() {
    static constexpr ByteKernels avx2{&splitLinesAvx2, &countFeedsAvx2, &levelStartsAvx2,
                                      &findAvx2};
    static const bool has = __builtin_cpu_supports("avx2") != 0 &&
                            __builtin_cpu_supports("bmi") != 0 &&
                            __builtin_cpu_supports("bmi2") != 0;
    return has ? &avx2 : nullptr;
}

} // namespace models

#else

namespace models {

const ByteKernels* avx2Kernels() {
    return nullptr;
}

} // namespace models

#endif
