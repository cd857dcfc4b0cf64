// SPDX-License-Identifier: GPL-3.0-or-later
// How columns are packed; columns.cpp reads them.
#include "models/log/columns.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace models {

class Columns::Packer {
public:
    Packer(const OpenColumns& open, std::uint32_t textSize)
        : m_open(open)
        , m_lines(static_cast<std::uint32_t>(open.starts.size())) {
        m_head.magic = 0x4c4f4731;
        m_head.lines = m_lines;
        m_head.textSize = textSize;
    }

    Columns pack(ColumnMemory* memory) {
        // Room for the longest form: times take eight bytes a line, and eight are read at once.
        m_bytes.reserve(static_cast<qsizetype>(sizeof(Head) + m_lines * 6 + 256));
        m_bytes.resize(sizeof(Head));
        starts();
        times();
        tags();
        m_head.odd = size();
        m_head.oddCount = static_cast<std::uint32_t>(m_open.odd.size());
        m_bytes.append(reinterpret_cast<const char*>(m_open.odd.data()),
                       static_cast<qsizetype>(m_open.odd.size() * 4));
        escapes();
        m_head.end = size();
        std::memcpy(m_bytes.data(), &m_head, sizeof(Head));
        if (memory == nullptr) {
            m_bytes.squeeze();
            return Columns(m_head, held(std::move(m_bytes)));
        }
        std::shared_ptr<char> bytes = memory->take(m_head.end);
        std::memcpy(bytes.get(), m_bytes.constData(), m_head.end);
        return Columns(m_head, std::move(bytes));
    }

private:
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_bytes.size()); }

    template <class T>
    void put(T value) {
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }

    void starts() {
        m_head.starts = size();
        for (std::uint32_t line = 0; line < m_lines; line += startStep)
            put(m_open.starts[line]);
        put(m_head.textSize);
    }

    void times() {
        const std::uint32_t blocks = (m_lines + timeStep - 1) / timeStep;
        m_head.blocks = size();
        m_bytes.resize(size() + blocks * 12);
        m_head.deltas = size();
        std::uint32_t at = 0;
        for (std::uint32_t block = 0; block < blocks; ++block) {
            const std::int64_t* const first = m_open.times.data() + block * timeStep;
            const std::uint32_t count = std::min(timeStep, m_lines - block * timeStep);
            std::int64_t low = INT64_MAX;
            std::int64_t high = 0;
            for (std::uint32_t i = 0; i < count; ++i) {
                low = first[i] == 0 ? low : std::min(low, first[i]);
                high = std::max(high, first[i]);
            }
            const std::uint32_t width = high == 0 ? 0 : widthOf(high - low + 1);
            const std::uint32_t where = at << 7 | width;
            char* const packed = m_bytes.data() + m_head.blocks + block * 12;
            std::memcpy(packed, &low, 8);
            std::memcpy(packed + 8, &where, 4);
            deltas(first, count, low, width);
            at += width * timeStep / 8;
        }
        m_bytes.append(8, '\0'); // so that the last value can be read like all others
    }

    /// Bits for values up to this; more than 56 would not come with one load at any bit.
    static std::uint32_t widthOf(std::int64_t greatest) {
        const auto bits =
            static_cast<std::uint32_t>(std::bit_width(static_cast<std::uint64_t>(greatest)));
        return bits > 56 ? 64 : bits;
    }

    void deltas(const std::int64_t* first, std::uint32_t count, std::int64_t low,
                std::uint32_t width) {
        std::array<std::uint64_t, timeStep + 1> words{};
        std::uint32_t bit = 0;
        for (std::uint32_t i = 0; i < count && width > 0; ++i, bit += width) {
            const auto value = static_cast<std::uint64_t>(first[i] == 0 ? 0 : first[i] - low + 1);
            words[bit / 64] |= value << (bit % 64);
            if (bit % 64 + width > 64)
                words[bit / 64 + 1] |= value >> (64 - bit % 64);
        }
        m_bytes.append(reinterpret_cast<const char*>(words.data()),
                       static_cast<qsizetype>(width * timeStep / 8));
    }

    void tags() {
        m_head.tags = size();
        m_bytes.resize(size() + (m_lines + 1) / 2);
        char* const packed = m_bytes.data() + m_head.tags;
        const std::uint8_t* const tags = m_open.tags.data();
        for (std::uint32_t line = 0; line + 1 < m_lines; line += 2)
            packed[line / 2] = static_cast<char>(tags[line] | tags[line + 1] << 4);
        if (m_lines % 2 != 0)
            packed[m_lines / 2] = static_cast<char>(tags[m_lines - 1]);
    }

    void number(std::uint32_t value) {
        for (; value > 127; value >>= 7)
            m_bytes.append(static_cast<char>(value | 128));
        m_bytes.append(static_cast<char>(value));
    }

    /// A few sequences make up nearly all: each is kept once.
    void escapes() {
        std::unordered_map<std::string_view, std::uint32_t> known;
        std::vector<std::string_view> dictionary;
        m_head.escapes = size();
        m_head.escapeCount = static_cast<std::uint32_t>(m_open.escapes.size());
        std::uint32_t position = 0;
        std::uint32_t from = 0;
        for (const auto& [before, end] : m_open.escapes) {
            const std::string_view sequence(m_open.sequences.data() + from, end - from);
            const auto [entry, isNew] =
                known.try_emplace(sequence, static_cast<std::uint32_t>(dictionary.size()));
            if (isNew)
                dictionary.push_back(sequence);
            number(before - position);
            number(entry->second);
            position = before;
            from = end;
        }
        m_head.dictionary = size();
        m_head.sequenceCount = static_cast<std::uint32_t>(dictionary.size());
        for (const std::string_view sequence : dictionary) {
            put(static_cast<std::uint32_t>(sequence.size()));
            m_bytes.append(sequence.data(), static_cast<qsizetype>(sequence.size()));
        }
    }

    const OpenColumns& m_open;
    std::uint32_t m_lines;
    Head m_head;
    QByteArray m_bytes;
};

Columns Columns::pack(const OpenColumns& open, std::uint32_t textSize, ColumnMemory* memory) {
    return Packer(open, textSize).pack(memory);
}

} // namespace models
