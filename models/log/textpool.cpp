// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/textpool.h"

#include <new>
#include <sys/mman.h>

namespace models {

namespace {

constexpr size_t pageSize = 4'096;

char* makeRoom(size_t size) {
    return static_cast<char*>(::operator new(size + TextPool::slack, std::align_val_t(pageSize)));
}

/// A kernel that does not know this leaves the pages to their first touch.
void fillPages([[maybe_unused]] char* room) {
#ifdef MADV_POPULATE_WRITE
    madvise(room, TextPool::textSize, MADV_POPULATE_WRITE);
#endif
}

void removeRoom(char* room) {
    ::operator delete(room, std::align_val_t(pageSize));
}

} // namespace

TextPool::~TextPool() {
    for (const std::atomic<char*>& room : m_rooms)
        removeRoom(room.load(std::memory_order_acquire));
}

std::shared_ptr<char> TextPool::take(size_t size, Pages pages) {
    if (size > textSize)
        return {makeRoom(size), &removeRoom};
    char* room = nullptr;
    for (std::atomic<char*>& kept : m_rooms) {
        if (kept.load(std::memory_order_relaxed) == nullptr)
            continue;
        room = kept.exchange(nullptr, std::memory_order_acq_rel);
        if (room != nullptr)
            break;
    }
    if (room == nullptr) {
        room = makeRoom(textSize);
        if (pages == Pages::AtOnce)
            fillPages(room);
    }
    return {room, [pool = weak_from_this()](char* used) {
                if (const std::shared_ptr<TextPool> alive = pool.lock())
                    alive->give(used);
                else
                    removeRoom(used);
            }};
}

void TextPool::give(char* room) {
    for (std::atomic<char*>& kept : m_rooms) {
        char* none = nullptr;
        if (kept.load(std::memory_order_relaxed) == nullptr &&
            kept.compare_exchange_strong(none, room, std::memory_order_acq_rel))
            return;
    }
    removeRoom(room);
}

} // namespace models
