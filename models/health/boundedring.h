// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace models {

/// The newest elements, up to a limit; a new one then takes the place of the oldest. Memory grows
/// with what is in it, and never beyond the limit.
template <class T>
class BoundedRing {
public:
    explicit BoundedRing(std::size_t limit)
        : m_limit(limit) {}

    [[nodiscard]] std::size_t size() const { return m_elements.size(); }
    [[nodiscard]] bool isEmpty() const { return m_elements.empty(); }
    /// Whether something was dropped to make room.
    [[nodiscard]] bool hasForgotten() const { return m_hasForgotten; }
    [[nodiscard]] std::size_t bytes() const { return m_elements.capacity() * sizeof(T); }

    /// 0 is the oldest.
    [[nodiscard]] const T& at(std::size_t index) const { return m_elements[place(index)]; }
    [[nodiscard]] const T& back() const { return at(size() - 1); }
    [[nodiscard]] T& back() { return m_elements[place(size() - 1)]; }

    void push(T element) {
        if (m_elements.size() == m_limit) {
            m_elements[m_oldest] = std::move(element);
            m_oldest = m_oldest + 1 == m_limit ? 0 : m_oldest + 1;
            m_hasForgotten = true;
            return;
        }
        if (m_elements.size() == m_elements.capacity())
            m_elements.reserve(std::min(m_limit, std::max<std::size_t>(8, 2 * m_elements.size())));
        m_elements.push_back(std::move(element));
    }

    /// The first index whose element is not `before` (a predicate that is true for older ones).
    template <class Before>
    [[nodiscard]] std::size_t firstNot(Before before) const {
        std::size_t low = 0;
        std::size_t high = size();
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (before(at(middle)))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

private:
    [[nodiscard]] std::size_t place(std::size_t index) const {
        const std::size_t there = m_oldest + index;
        return there < m_elements.size() ? there : there - m_elements.size();
    }

    std::size_t m_limit;
    std::vector<T> m_elements;
    std::size_t m_oldest = 0;
    bool m_hasForgotten = false;
};

} // namespace models
