// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logsnapshot.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace models {

/// A line of one of several stores.
struct MergedLine {
    std::uint64_t value = 0; ///< source << 48 | line, so that two hundred million are no burden

    [[nodiscard]] static MergedLine of(std::uint32_t source, std::int64_t line) {
        return {std::uint64_t{source} << 48 | static_cast<std::uint64_t>(line)};
    }
    [[nodiscard]] std::uint32_t source() const { return static_cast<std::uint32_t>(value >> 48); }
    [[nodiscard]] std::int64_t line() const {
        return static_cast<std::int64_t>(value & 0xffff'ffff'ffff);
    }
    bool operator==(const MergedLine&) const = default;
};

/// Lines of up to 65,536 stores in the order of their times. Lines of one store never change their
/// order: one without a time, or with an earlier one than the line before it, comes at that line's
/// time, and so does a single stamp that jumps ahead by more than the window and back again. Where
/// a clock was set back by more than the window, the new time holds from there on.
/// A line that arrives when later ones of other stores are merged already is inserted where it
/// belongs, at most a window before the last. Of equal times the first source comes first. One
/// thread.
class LogMerge {
public:
    /// Where lines came in; what was at `position` is behind them now.
    struct Inserted {
        std::int64_t position = 0;
        std::int64_t count = 0;
        bool operator==(const Inserted&) const = default;
    };

    /// The lines of a store that take part, in order.
    struct Source {
        LogSnapshot snapshot;
        /// A filter's lines, the same vector with more at its end each time; null: all lines.
        const std::vector<std::int64_t>* lines = nullptr;
    };

    explicit LogMerge(std::int64_t windowNanoseconds = 2'000'000'000)
        : m_window(windowNanoseconds) {}

    /// Merges what the sources have more than at the last call; the same sources, and maybe more
    /// behind them. Gives where lines came in, in the order in which to apply it.
    std::vector<Inserted> extend(const std::vector<Source>& sources);

    [[nodiscard]] const std::vector<MergedLine>& lines() const { return m_lines; }

private:
    struct Position {
        std::int64_t next = 0; ///< line, or index where there is a filter
        std::int64_t key = 0;  ///< the time at which its last line came
    };
    class Cursor;

    void mergeNew(const std::vector<Source>& sources);
    std::vector<Inserted> insertNew();
    void keepWindow(std::vector<std::int64_t>& keys) const;

    std::int64_t m_window;
    std::vector<Position> m_positions;
    std::vector<MergedLine> m_lines;
    std::vector<std::int64_t> m_recent; ///< keys of the last lines, a window or more, in order
    bool m_wasSetBack = false;          ///< a clock, among the new lines
    std::vector<MergedLine> m_newLines;
    std::vector<std::int64_t> m_newKeys;
};

} // namespace models
