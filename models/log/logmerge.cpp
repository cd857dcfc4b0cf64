// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logmerge.h"

#include "models/log/mergekey.h"

#include <algorithm>
#include <limits>

namespace models {

namespace {

constexpr size_t manyKeys = 1 << 16; ///< that stay in the cache

} // namespace

/// Reads one source's lines with their keys, a block of times at once.
class LogMerge::Cursor {
public:
    Cursor(const Source& source, std::uint32_t number, Position position, std::int64_t window)
        : m_source(&source)
        , m_number(number)
        , m_position(position)
        , m_window(window) {
        const std::int64_t first = source.snapshot.firstLine();
        if (source.lines == nullptr) {
            m_position.next = std::max(m_position.next, first);
        } else {
            const auto from =
                source.lines->begin() +
                std::min(m_position.next, static_cast<std::int64_t>(source.lines->size()));
            m_position.next =
                std::lower_bound(from, source.lines->end(), first) - source.lines->begin();
        }
        m_end = source.lines == nullptr ? source.snapshot.lineCount()
                                        : static_cast<std::int64_t>(source.lines->size());
        advance();
    }

    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

    [[nodiscard]] std::int64_t key() const { return m_key; }
    [[nodiscard]] MergedLine line() const { return MergedLine::of(m_number, m_line); }
    [[nodiscard]] Position position() const { return m_position; }
    [[nodiscard]] bool wasSetBack() const { return m_wasSetBack; }

    /// Takes the line at which it is.
    void take() {
        m_position.key = m_key;
        ++m_position.next;
        if (m_source->lines == nullptr && m_position.next < m_blockEnd) {
            m_line = m_position.next;
            setKey();
        } else {
            advance();
        }
    }

    /// Lines that are left.
    [[nodiscard]] std::int64_t left() const { return m_end - m_position.next; }

private:
    void advance() {
        if (m_position.next >= m_end) {
            m_key = none;
            return;
        }
        m_line = m_source->lines == nullptr
                     ? m_position.next
                     : (*m_source->lines)[static_cast<size_t>(m_position.next)];
        if (m_line >= m_blockEnd || m_line < m_blockStart)
            load();
        setKey();
    }

    void setKey() {
        const std::int64_t time = m_times[static_cast<size_t>(m_line - m_blockStart)];
        const MergeKey key =
            mergeKey(time, m_position.key, m_window, [this] { return following(); });
        m_key = key.key;
        m_wasSetBack = key.wasSetBack;
    }

    /// The time of the line behind this one; 0 for none.
    [[nodiscard]] std::int64_t following() const {
        std::int64_t next = m_line + 1;
        if (m_source->lines != nullptr) {
            const auto index = static_cast<size_t>(m_position.next + 1);
            next = index < m_source->lines->size() ? (*m_source->lines)[index]
                                                   : m_source->snapshot.lineCount();
        }
        if (next >= m_source->snapshot.lineCount())
            return 0;
        std::shared_ptr<const Columns> columns = m_columns;
        std::int64_t first = m_chunkStart;
        if (next >= m_chunkEnd) {
            const LogChunk& chunk = m_source->snapshot.chunk(m_source->snapshot.chunkOf(next));
            columns = chunk.columns();
            first = chunk.summary().firstLine;
        }
        return columns == nullptr ? 0 : columns->time(static_cast<std::uint32_t>(next - first));
    }

    void load() {
        const LogSnapshot& snapshot = m_source->snapshot;
        if (m_columns == nullptr || m_line >= m_chunkEnd || m_line < m_chunkStart) {
            const LogChunk& chunk = snapshot.chunk(snapshot.chunkOf(m_line));
            m_columns = chunk.columns();
            m_chunkStart = chunk.summary().firstLine;
            m_chunkEnd = chunk.summary().endLine();
        }
        const auto block = static_cast<std::uint32_t>(m_line - m_chunkStart) / Columns::timeStep;
        m_blockStart = m_chunkStart + block * Columns::timeStep;
        if (m_columns == nullptr) { // cannot be read back: at the time of the line before
            m_times.fill(0);
            m_blockEnd = std::min<std::int64_t>(m_blockStart + Columns::timeStep, m_chunkEnd);
            return;
        }
        m_blockEnd = m_blockStart + m_columns->times(block, m_times);
    }

    const Source* m_source;
    std::uint32_t m_number;
    Position m_position;
    std::int64_t m_window;
    std::int64_t m_end = 0;
    std::int64_t m_line = 0;
    std::int64_t m_key = none;
    bool m_wasSetBack = false;
    std::shared_ptr<const Columns> m_columns;
    std::int64_t m_chunkStart = 0;
    std::int64_t m_chunkEnd = 0;
    std::int64_t m_blockStart = 0;
    std::int64_t m_blockEnd = 0;
    std::array<std::int64_t, Columns::timeStep> m_times;
};

namespace {

/// A tournament of sources: the winner is the one with the least key, of equal ones the first.
/// After a take only the matches on its way up are played again.
class Tournament {
public:
    explicit Tournament(const std::vector<std::int64_t>& keys) {
        while (m_leaves < keys.size())
            m_leaves *= 2;
        m_losers.resize(m_leaves);
        m_winner = play(1, keys);
    }

    [[nodiscard]] std::uint32_t winner() const { return m_winner.source; }
    [[nodiscard]] std::int64_t key() const { return m_winner.key; }

    void replay(std::int64_t key) {
        std::int64_t atKey = key;
        std::uint32_t at = m_winner.source;
        for (size_t node = m_leaves + at; node > 1; node /= 2) {
            Player& other = m_losers[node / 2];
            // What lost here comes from the other side; of equal keys the left one wins.
            const auto isRight = static_cast<std::int64_t>(node & 1);
            const bool loses = other.key - isRight < atKey;
            // Who wins cannot be foreseen: both are exchanged or not without a branch.
            const std::int64_t keyChange = (other.key ^ atKey) & -static_cast<std::int64_t>(loses);
            const std::uint32_t change = (other.source ^ at) & (0U - static_cast<unsigned>(loses));
            other.key ^= keyChange;
            other.source ^= change;
            atKey ^= keyChange;
            at ^= change;
        }
        m_winner = {atKey, at};
    }

private:
    struct Player {
        std::int64_t key = std::numeric_limits<std::int64_t>::max();
        std::uint32_t source = 0;
    };

    Player play(size_t node, const std::vector<std::int64_t>& keys) {
        if (node >= m_leaves) {
            const size_t source = node - m_leaves;
            Player player;
            player.source = static_cast<std::uint32_t>(source);
            player.key = source < keys.size() ? keys[source] : player.key;
            return player;
        }
        const Player left = play(2 * node, keys);
        const Player right = play(2 * node + 1, keys);
        m_losers[node] = right.key < left.key ? left : right;
        return right.key < left.key ? right : left;
    }

    size_t m_leaves = 1;
    std::vector<Player> m_losers;
    Player m_winner;
};

} // namespace

void LogMerge::mergeNew(const std::vector<Source>& sources) {
    m_newLines.clear();
    m_newKeys.clear();
    m_positions.resize(std::max(m_positions.size(), sources.size()));
    std::vector<Cursor> cursors;
    cursors.reserve(sources.size());
    std::vector<std::int64_t> keys;
    size_t count = 0;
    for (std::uint32_t i = 0; i < sources.size(); ++i) {
        cursors.emplace_back(sources[i], i, m_positions[i], m_window);
        keys.push_back(cursors.back().key());
        count += static_cast<size_t>(std::max<std::int64_t>(cursors.back().left(), 0));
    }
    m_newLines.reserve(count);
    m_newKeys.reserve(std::min(count, manyKeys));
    Tournament tournament(keys);
    m_wasSetBack = false;
    const bool isInserted = !m_recent.empty() && tournament.key() < m_recent.back();
    while (!cursors.empty() && tournament.key() != Cursor::none) {
        Cursor& cursor = cursors[tournament.winner()];
        m_wasSetBack = m_wasSetBack || cursor.wasSetBack();
        m_newLines.push_back(cursor.line());
        // Where they come behind all others, only the last window's keys are needed.
        if (!isInserted && m_newKeys.size() == m_newKeys.capacity())
            keepWindow(m_newKeys);
        m_newKeys.push_back(tournament.key());
        cursor.take();
        tournament.replay(cursor.key());
    }
    for (size_t i = 0; i < cursors.size(); ++i)
        m_positions[i] = cursors[i].position();
}

/// Puts the new lines between the last ones.
std::vector<LogMerge::Inserted> LogMerge::insertNew() {
    // The tail that the first of them may come before.
    const std::int64_t edge = m_recent.empty() ? 0 : m_recent.back() - m_window;
    const auto tail =
        std::upper_bound(m_recent.begin(), m_recent.end(), std::max(m_newKeys.front(), edge));
    const std::vector<std::int64_t> tailKeys(tail, m_recent.end());
    const std::vector<MergedLine> tailLines(
        m_lines.end() - static_cast<std::ptrdiff_t>(tailKeys.size()), m_lines.end());
    m_recent.erase(tail, m_recent.end());
    m_lines.resize(m_lines.size() - tailLines.size());
    m_lines.reserve(m_lines.size() + tailLines.size() + m_newLines.size());
    std::vector<Inserted> inserted;
    size_t old = 0;
    for (size_t i = 0; i < m_newLines.size(); ++i) {
        // Earlier than the edge it comes there: keys stay in order.
        const std::int64_t key =
            std::max(m_newKeys[i], m_recent.empty() ? m_newKeys[i] : m_recent.back());
        for (; old < tailKeys.size() && tailKeys[old] <= key; ++old) {
            m_lines.push_back(tailLines[old]);
            m_recent.push_back(tailKeys[old]);
        }
        const auto position = static_cast<std::int64_t>(m_lines.size());
        if (inserted.empty() || inserted.back().position + inserted.back().count != position)
            inserted.push_back({position, 0});
        ++inserted.back().count;
        m_lines.push_back(m_newLines[i]);
        m_recent.push_back(key);
    }
    m_lines.insert(m_lines.end(), tailLines.begin() + static_cast<std::ptrdiff_t>(old),
                   tailLines.end());
    m_recent.insert(m_recent.end(), tailKeys.begin() + static_cast<std::ptrdiff_t>(old),
                    tailKeys.end());
    return inserted;
}

/// Only what a late line may still come before is kept: keys within a window of the last. They are
/// in order, unless a clock was set back among them; then none is asked for.
void LogMerge::keepWindow(std::vector<std::int64_t>& keys) const {
    const auto first = std::lower_bound(keys.begin(), keys.end(), keys.back() - m_window);
    if (first - keys.begin() > static_cast<std::ptrdiff_t>(keys.size() / 2))
        keys.erase(keys.begin(), first);
}

std::vector<LogMerge::Inserted> LogMerge::extend(const std::vector<Source>& sources) {
    mergeNew(sources);
    if (m_newLines.empty())
        return {};
    if (!m_wasSetBack && !m_recent.empty() && m_newKeys.front() < m_recent.back()) {
        std::vector<Inserted> inserted = insertNew();
        keepWindow(m_recent);
        return inserted;
    }
    const Inserted appended{static_cast<std::int64_t>(m_lines.size()),
                            static_cast<std::int64_t>(m_newLines.size())};
    if (m_lines.empty())
        m_lines.swap(m_newLines);
    else
        m_lines.insert(m_lines.end(), m_newLines.begin(), m_newLines.end());
    if (m_wasSetBack) {
        m_recent.clear(); // nothing comes before these: times have another meaning there
        return {appended};
    }
    const auto first =
        std::lower_bound(m_newKeys.begin(), m_newKeys.end(), m_newKeys.back() - m_window);
    m_recent.insert(m_recent.end(), first, m_newKeys.end());
    keepWindow(m_recent);
    return {appended};
}

} // namespace models
