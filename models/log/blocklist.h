// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

namespace models {

/// A list that grows at its end, whose copies cost little: they share its blocks. Only the list
/// itself grows; its copies, on any thread, are for reading and stay as they were.
template <class T>
class BlockList {
public:
    static constexpr std::size_t blockSize = 16'384;

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] const T& operator[](std::size_t index) const {
        return m_blocks[index / blockSize][index % blockSize];
    }

    void append(const T* items, std::size_t count) {
        while (count > 0) {
            // Copies do not look behind their own size: there it is written in place.
            const std::size_t at = m_size % blockSize;
            if (at == 0)
                m_blocks.push_back(std::make_shared<T[]>(blockSize));
            const std::size_t part = std::min(count, blockSize - at);
            std::copy_n(items, part, m_blocks.back().get() + at);
            m_size += part;
            items += part;
            count -= part;
        }
    }
    void append(const T& item) { append(&item, 1); }

    /// Forgets what is behind the first `size` items.
    void truncate(std::size_t size) {
        if (size >= m_size)
            return;
        m_size = size;
        m_blocks.resize((size + blockSize - 1) / blockSize);
        if (size % blockSize == 0)
            return;
        // What comes here now would be written over what copies still read.
        auto block = std::make_shared<T[]>(blockSize);
        std::copy_n(m_blocks.back().get(), size % blockSize, block.get());
        m_blocks.back() = std::move(block);
    }

    /// The first index whose item is not less than this one, where items are in order.
    [[nodiscard]] std::size_t lowerBound(const T& item) const {
        std::size_t begin = 0;
        std::size_t end = m_size;
        while (begin < end) {
            const std::size_t middle = begin + (end - begin) / 2;
            if ((*this)[middle] < item)
                begin = middle + 1;
            else
                end = middle;
        }
        return begin;
    }

private:
    std::vector<std::shared_ptr<T[]>> m_blocks;
    std::size_t m_size = 0;
};

} // namespace models
