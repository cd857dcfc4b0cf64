// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace models {

/// Memory that is handed out in pieces and given back at once, for a library that asks for a piece
/// per word and would spend a good part of its time in malloc and free.
///
/// The thread keeps one arena's first `keptAtMost` bytes for the next, because fresh pages cost as
/// much as reading what is put into them. Used and destroyed in the thread that made it.
class Arena {
public:
    static constexpr std::size_t keptAtMost = 8 * 1024 * 1024;

    /// `expected` is what all pieces will probably take, in bytes. More is no error.
    explicit Arena(std::size_t expected);
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    /// Zeroed, and aligned for pointers. Ends the process where there is no memory.
    [[nodiscard]] void* allocate(std::size_t size) {
        const std::size_t needed = rounded(size) + sizeof(Header);
        if (needed > std::size_t(m_clean - m_at)) {
            clean(needed);
        }
        auto* header = reinterpret_cast<Header*>(m_at);
        header->size = size;
        m_at += needed;
        return header + 1;
    }
    /// `piece` with its content in `size` bytes or more, here or elsewhere. What is added is zeroed
    /// or left over from the piece itself.
    [[nodiscard]] void* reallocate(void* piece, std::size_t size);

private:
    /// In front of every piece, because reallocate() needs to know the old size.
    struct Header {
        std::size_t size = 0;
    };
    struct Chunk {
        std::unique_ptr<char[]> memory;
        std::size_t size = 0;
    };

    static std::size_t rounded(std::size_t size) {
        return (size + sizeof(Header) - 1) / sizeof(Header) * sizeof(Header);
    }
    static Chunk& spareChunk();
    void addChunk(std::size_t size);
    void clean(std::size_t atLeast);

    std::vector<Chunk> m_chunks;
    char* m_at = nullptr;    ///< the next piece
    char* m_clean = nullptr; ///< behind what is zeroed
    char* m_end = nullptr;
};

} // namespace models
