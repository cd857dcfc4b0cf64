// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/columns.h"

#include "models/log/bytescan.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace models {

namespace {

constexpr std::uint32_t blockBytes = 12; ///< of a time block: base, and where its deltas are

template <class T>
T loadFrom(const char* at) {
    T value;
    std::memcpy(&value, at, sizeof value);
    return value;
}

std::int64_t unpacked(const char* deltas, std::uint32_t width, std::uint32_t index,
                      std::int64_t base) {
    if (width == 0)
        return 0; // no line of the block has a time
    const std::uint32_t bit = width * index;
    std::uint64_t value = loadFrom<std::uint64_t>(deltas + bit / 8) >> (bit % 8);
    if (width < 64)
        value &= (std::uint64_t{1} << width) - 1;
    return value == 0 ? 0 : static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + value - 1);
}

/// For each byte of tags: bit 0 and 1 tell whether its two lines are of these levels.
std::array<std::uint8_t, 256> pairTable(LevelSet levels) {
    std::array<std::uint8_t, 256> table{};
    for (unsigned pair = 0; pair < table.size(); ++pair) {
        table[pair] = static_cast<std::uint8_t>((levels >> (pair & 7) & 1) |
                                                (levels >> (pair >> 4 & 7) & 1) << 1);
    }
    return table;
}

} // namespace

void OpenColumns::clear() {
    starts.clear();
    times.clear();
    tags.clear();
    odd.clear();
    escapes.clear();
    sequences.clear();
}

std::shared_ptr<char> ColumnMemory::take(size_t size) {
    constexpr size_t alignment = alignof(std::max_align_t);
    if (size > m_size - m_taken) {
        m_size = std::max(blockSize, size);
        m_block = std::shared_ptr<char[]>(new char[m_size]);
        m_taken = 0;
    }
    char* const at = m_block.get() + m_taken;
    m_taken = std::min(m_size, (m_taken + size + alignment - 1) / alignment * alignment);
    return {m_block, at};
}

std::optional<Columns> Columns::fromBytes(QByteArray bytes) {
    if (bytes.size() < static_cast<qsizetype>(sizeof(Head)))
        return std::nullopt;
    const auto head = loadFrom<Head>(bytes.constData());
    if (head.magic != 0x4c4f4731 || head.end != bytes.size())
        return std::nullopt;
    return Columns(head, held(std::move(bytes)));
}

Columns::Columns(const Head& head, std::shared_ptr<const char> bytes)
    : m_bytes(std::move(bytes))
    , m_head(head) {}

std::shared_ptr<const char> Columns::held(QByteArray bytes) {
    const auto owner = std::make_shared<const QByteArray>(std::move(bytes));
    return {owner, owner->constData()};
}

std::uint32_t Columns::word(std::uint32_t at) const {
    return loadFrom<std::uint32_t>(m_bytes.get() + at);
}

std::uint32_t Columns::stepStart(std::uint32_t block) const {
    return word(m_head.starts + block * 4);
}

std::uint32_t Columns::start(std::uint32_t line, QByteArrayView text) const {
    if (line >= m_head.lines)
        return m_head.textSize;
    const char* at = text.data() + stepStart(line / startStep);
    const char* const end = text.data() + m_head.textSize;
    for (std::uint32_t left = line % startStep; left > 0; --left)
        at = static_cast<const char*>(std::memchr(at, '\n', static_cast<size_t>(end - at))) + 1;
    return static_cast<std::uint32_t>(at - text.data());
}

std::uint32_t Columns::lineAt(std::uint32_t offset, QByteArrayView text) const {
    std::uint32_t low = 0;
    std::uint32_t high = (m_head.lines + startStep - 1) / startStep;
    while (high - low > 1) {
        const std::uint32_t middle = (low + high) / 2;
        (stepStart(middle) <= offset ? low : high) = middle;
    }
    const std::uint32_t from = stepStart(low);
    return low * startStep +
           static_cast<std::uint32_t>(countFeeds(text.sliced(from, offset - from)));
}

std::uint32_t Columns::blockCount() const {
    return (m_head.lines + timeStep - 1) / timeStep;
}

Columns::TimeBlock Columns::timeBlock(std::uint32_t block) const {
    const char* const at = m_bytes.get() + m_head.blocks + block * blockBytes;
    return {loadFrom<std::int64_t>(at), loadFrom<std::uint32_t>(at + 8)};
}

std::int64_t Columns::time(std::uint32_t line) const {
    const TimeBlock block = timeBlock(line / timeStep);
    return unpacked(m_bytes.get() + m_head.deltas + (block.at >> 7), block.at & 127,
                    line % timeStep, block.base);
}

std::uint32_t Columns::times(std::uint32_t block, std::array<std::int64_t, timeStep>& times) const {
    const std::uint32_t count = std::min(timeStep, m_head.lines - block * timeStep);
    const TimeBlock packed = timeBlock(block);
    const char* const deltas = m_bytes.get() + m_head.deltas + (packed.at >> 7);
    for (std::uint32_t i = 0; i < count; ++i)
        times[i] = unpacked(deltas, packed.at & 127, i, packed.base);
    return count;
}

std::uint32_t Columns::firstAtOrAfter(std::int64_t time) const {
    for (std::uint32_t block = 0; block < blockCount(); ++block) {
        const TimeBlock packed = timeBlock(block);
        const std::uint32_t width = packed.at & 127;
        // The greatest that the block can hold: most are passed over without unpacking.
        if (width == 0 || (width < 62 && packed.base + (std::int64_t{1} << width) - 2 < time))
            continue;
        std::array<std::int64_t, timeStep> unpackedTimes;
        const std::uint32_t count = times(block, unpackedTimes);
        for (std::uint32_t i = 0; i < count; ++i) {
            if (unpackedTimes[i] >= time && unpackedTimes[i] != 0)
                return block * timeStep + i;
        }
    }
    return m_head.lines;
}

std::uint8_t Columns::tag(std::uint32_t line) const {
    const auto pair = static_cast<std::uint8_t>(m_bytes.get()[m_head.tags + line / 2]);
    return line % 2 == 0 ? pair & 15 : pair >> 4;
}

LogLevel Columns::level(std::uint32_t line) const {
    return static_cast<LogLevel>(tag(line) & 7);
}

LogChannel Columns::channel(std::uint32_t line) const {
    return static_cast<LogChannel>(tag(line) >> 3);
}

std::uint32_t Columns::flags(std::uint32_t line) const {
    std::uint32_t low = 0;
    std::uint32_t high = m_head.oddCount;
    while (low < high) {
        const std::uint32_t middle = (low + high) / 2;
        const std::uint32_t found = word(m_head.odd + middle * 4);
        if (found >> 2 == line)
            return found & 3;
        if (found >> 2 < line)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

void Columns::linesOf(LevelSet levels, std::vector<std::uint32_t>& lines) const {
    constexpr std::uint32_t turn = 16; ///< lines whose bits are gathered before one is looked at
    const std::array<std::uint8_t, 256> table = pairTable(levels);
    const auto* const tags = reinterpret_cast<const unsigned char*>(m_bytes.get() + m_head.tags);
    for (std::uint32_t line = 0; line < m_head.lines; line += turn) {
        const std::uint32_t pairs = (std::min(turn, m_head.lines - line) + 1) / 2;
        std::uint32_t found = 0;
        for (std::uint32_t pair = 0; pair < pairs; ++pair)
            found |= static_cast<std::uint32_t>(table[tags[line / 2 + pair]]) << (2 * pair);
        for (; found != 0; found &= found - 1) {
            const std::uint32_t at = line + static_cast<std::uint32_t>(std::countr_zero(found));
            if (at < m_head.lines) // the last half byte may be nobody's
                lines.push_back(at);
        }
    }
}

QList<Escape> Columns::escapes() const {
    QList<QByteArrayView> dictionary;
    const char* at = m_bytes.get() + m_head.dictionary;
    for (std::uint32_t i = 0; i < m_head.sequenceCount; ++i) {
        const auto size = loadFrom<std::uint32_t>(at);
        dictionary.append(QByteArrayView(at + 4, size));
        at += 4 + size;
    }
    const auto* packed = reinterpret_cast<const unsigned char*>(m_bytes.get() + m_head.escapes);
    const auto number = [&packed] {
        std::uint32_t value = 0;
        for (int shift = 0;; shift += 7) {
            value |= (*packed & 127U) << shift;
            if ((*packed++ & 128U) == 0)
                return value;
        }
    };
    QList<Escape> escapes;
    escapes.reserve(m_head.escapeCount);
    std::uint32_t position = 0;
    for (std::uint32_t i = 0; i < m_head.escapeCount; ++i) {
        position += number();
        escapes.append({position, dictionary[number()]});
    }
    return escapes;
}

} // namespace models
