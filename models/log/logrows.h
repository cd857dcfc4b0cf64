// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/blocklist.h"
#include "models/log/logmerge.h"
#include "models/log/logsnapshot.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace models {

/// The rows that a view of logs has at one moment, in order. A cheap value: copies share what is in
/// them. Any thread; a copy for each.
class LogRows {
public:
    [[nodiscard]] const std::vector<LogSnapshot>& snapshots() const { return m_snapshots; }
    [[nodiscard]] std::int64_t size() const;
    /// row: 0 to size() - 1.
    [[nodiscard]] MergedLine line(std::int64_t row) const;
    /// One store whose lines are all shown: then a row is a line.
    [[nodiscard]] bool isWhole() const { return m_isWhole; }
    /// Whether it is there for what is beside it only.
    [[nodiscard]] bool isContext(std::int64_t row) const { return (marksOf(row) & Context) != 0; }
    /// Whether lines of its source were left out between it and the row before it, and between that
    /// one and what follows in its own source.
    [[nodiscard]] bool isParted(std::int64_t row) const;
    /// The first row from `first` on at this time or later; size() where there is none. A row
    /// without a time has that of the one before it.
    [[nodiscard]] std::int64_t rowAt(Instant time, std::int64_t first) const;

private:
    friend class LogAssembly;
    enum Mark : std::uint8_t { Plain = 0, Context = 1, Begins = 2 };

    [[nodiscard]] std::uint8_t marksOf(std::int64_t row) const;

    std::vector<LogSnapshot> m_snapshots;
    bool m_isWhole = false;
    BlockList<MergedLine> m_lines;
    BlockList<std::uint8_t> m_marks; ///< empty where there is no context
};

/// Reads what is known of the lines of rows, without their text. Quick where a source is read in
/// order. One thread; rows outlives it.
class RowColumns {
public:
    explicit RowColumns(const LogRows& rows);

    struct Facts {
        std::int64_t time = 0; ///< 0: none
        LogLevel level = LogLevel::None;
    };
    /// Nothing where it cannot be read back.
    [[nodiscard]] Facts of(const MergedLine& line);

private:
    struct Place {
        std::shared_ptr<const Columns> columns;
        std::int64_t first = 0;
        std::int64_t end = 0;
        std::int64_t block = -1;
        std::array<std::int64_t, Columns::timeStep> times{};
    };

    const LogRows& m_rows;
    std::vector<Place> m_places; ///< one a source
};

} // namespace models
