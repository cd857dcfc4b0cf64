// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/runbook/arena.h"

#include <sanitizer/asan_interface.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace models {

namespace {

/// Zeroed at once: long enough to be quick, short enough to stay in the cache until it is used.
constexpr std::size_t stretch = 32 * 1024;

} // namespace

Arena::Chunk& Arena::spareChunk() {
    static thread_local Chunk spare;
    return spare;
}

Arena::Arena(std::size_t expected) {
    addChunk(std::clamp(expected, stretch, keptAtMost));
}

Arena::~Arena() {
    Chunk& first = m_chunks.front();
    if (first.size > spareChunk().size) {
        // Whoever still holds a piece is told by the sanitizer, as if the memory were freed.
        ASAN_POISON_MEMORY_REGION(first.memory.get(), first.size);
        std::swap(first, spareChunk());
    }
}

void* Arena::reallocate(void* piece, std::size_t size) {
    Header* header = static_cast<Header*>(piece) - 1;
    if (size <= header->size) {
        return piece;
    }
    char* const behind = static_cast<char*>(piece) + rounded(header->size);
    const std::size_t more = rounded(size) - rounded(header->size);
    // The newest piece grows where it is: line buffers grow again and again.
    if (behind == m_at && more <= std::size_t(m_clean - m_at)) {
        m_at += more;
        header->size = size;
        return piece;
    }
    void* const fresh = allocate(size);
    std::memcpy(fresh, piece, header->size);
    return fresh;
}

void Arena::addChunk(std::size_t size) {
    Chunk chunk;
    if (spareChunk().size >= size) {
        chunk = std::exchange(spareChunk(), {});
    } else {
        chunk = {std::unique_ptr<char[]>(new (std::nothrow) char[size]), size};
        if (!chunk.memory) {
            std::abort();
        }
    }
    m_at = chunk.memory.get();
    m_clean = m_at;
    m_end = m_at + chunk.size;
    m_chunks.push_back(std::move(chunk));
}

void Arena::clean(std::size_t atLeast) {
    if (atLeast > std::size_t(m_end - m_at)) {
        addChunk(std::max(m_chunks.front().size, atLeast));
    }
    const std::size_t size = std::min(std::size_t(m_end - m_clean), std::max(stretch, atLeast));
    ASAN_UNPOISON_MEMORY_REGION(m_clean, size);
    std::memset(m_clean, 0, size);
    m_clean += size;
}

} // namespace models
