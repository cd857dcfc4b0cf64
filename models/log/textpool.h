// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>

namespace models {

/// Room for a chunk's text. What nobody needs any more is kept for the next one, with its pages in
/// place: a page's first touch costs as much as filling it. Any thread; it never waits.
class TextPool : public std::enable_shared_from_this<TextPool> {
public:
    static constexpr size_t textSize = 256 * 1024; ///< what a chunk holds, but for longer lines
    static constexpr size_t slack = 64;            ///< that may be read behind the end

    [[nodiscard]] static std::shared_ptr<TextPool> make() {
        return std::shared_ptr<TextPool>(new TextPool);
    }
    ~TextPool();
    TextPool(const TextPool&) = delete;
    TextPool& operator=(const TextPool&) = delete;

    /// When a new room gets its memory: page by page as it is touched, for what may stay small, or
    /// all together, which costs a third of that.
    enum class Pages { AsTouched, AtOnce };

    /// At least textSize bytes. It may outlive the pool's last user.
    [[nodiscard]] std::shared_ptr<char> take(size_t size, Pages pages);

private:
    class Slab;
    class Room;

    TextPool() = default;

    /// Null where none is kept.
    [[nodiscard]] std::unique_ptr<Room> kept();
    /// One of several that are mapped together: the others are kept.
    [[nodiscard]] std::unique_ptr<Room> cut();
    void give(std::unique_ptr<Room> room);

    std::array<std::atomic<Room*>, 256> m_rooms{};
};

} // namespace models
