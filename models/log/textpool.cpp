// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/textpool.h"

#include <new>
#include <sys/mman.h>
#include <utility>

namespace models {

namespace {

/// Where pages are larger, a room has its memory as it is touched, and up to the end of its slab.
constexpr size_t pageSize = 4'096;

char* allocate(size_t size) {
    return static_cast<char*>(::operator new(size + TextPool::slack, std::align_val_t(pageSize)));
}

void release(char* room) {
    ::operator delete(room, std::align_val_t(pageSize));
}

} // namespace

/// A mapping of several rooms. Where each room was one, or had an allocator's heap grow, that would
/// wait for all threads that are getting memory just then.
class TextPool::Slab {
public:
    static constexpr size_t roomCount = 32;

    Slab()
        : m_rooms(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
        if (m_rooms == MAP_FAILED)
            throw std::bad_alloc();
    }
    ~Slab() { munmap(m_rooms, size); }
    Slab(const Slab&) = delete;
    Slab& operator=(const Slab&) = delete;

    [[nodiscard]] char* room(size_t index) const {
        return static_cast<char*>(m_rooms) + index * stride;
    }
    /// Its memory can go, though other rooms are still needed.
    static void discard(char* room) { madvise(room, stride, MADV_DONTNEED); }

private:
    static constexpr size_t stride = textSize + pageSize; // whole pages, with the slack
    static constexpr size_t size = roomCount * stride;

    void* m_rooms;
};

/// A place for a chunk's text. One user at a time.
class TextPool::Room {
public:
    Room()
        : m_at(allocate(textSize)) {}
    Room(std::shared_ptr<Slab> slab, size_t index)
        : m_slab(std::move(slab))
        , m_at(m_slab->room(index)) {}
    ~Room() {
        if (m_slab != nullptr)
            Slab::discard(m_at);
        else
            release(m_at);
    }
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    [[nodiscard]] char* at() const { return m_at; }

    /// A kernel that does not know this leaves the pages to their first touch.
    void fillPages() {
#ifdef MADV_POPULATE_WRITE
        if (!std::exchange(m_isFilled, true))
            madvise(m_at, textSize, MADV_POPULATE_WRITE);
#endif
    }

private:
    std::shared_ptr<Slab> m_slab; ///< null: an allocation of its own
    char* m_at;
    bool m_isFilled = false;
};

TextPool::~TextPool() {
    while (kept() != nullptr) {
    }
}

std::unique_ptr<TextPool::Room> TextPool::kept() {
    for (std::atomic<Room*>& kept : m_rooms) {
        if (kept.load(std::memory_order_relaxed) == nullptr)
            continue;
        if (Room* const room = kept.exchange(nullptr, std::memory_order_acq_rel))
            return std::unique_ptr<Room>(room);
    }
    return nullptr;
}

std::unique_ptr<TextPool::Room> TextPool::cut() {
    const auto slab = std::make_shared<Slab>();
    for (size_t index = 1; index < Slab::roomCount; ++index)
        give(std::make_unique<Room>(slab, index));
    return std::make_unique<Room>(slab, 0);
}

std::shared_ptr<char> TextPool::take(size_t size, Pages pages) {
    if (size > textSize)
        return {allocate(size), &release};
    std::unique_ptr<Room> room = kept();
    if (room == nullptr)
        room = pages == Pages::AtOnce ? cut() : std::make_unique<Room>();
    if (pages == Pages::AtOnce)
        room->fillPages();
    char* const at = room->at();
    return {at, [pool = weak_from_this(), taken = room.release()](char*) {
                std::unique_ptr<Room> used(taken);
                if (const std::shared_ptr<TextPool> alive = pool.lock())
                    alive->give(std::move(used));
            }};
}

void TextPool::give(std::unique_ptr<Room> room) {
    for (std::atomic<Room*>& kept : m_rooms) {
        Room* none = nullptr;
        if (kept.load(std::memory_order_relaxed) == nullptr &&
            kept.compare_exchange_strong(none, room.get(), std::memory_order_acq_rel)) {
            (void)room.release();
            return;
        }
    }
}

} // namespace models
