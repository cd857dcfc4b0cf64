// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "models/log/logmerge.h"
#include "models/log/logrows.h"
#include "models/log/logsift.h"
#include "models/log/logsnapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace models {

/// The lines that a filter takes of one store, with those around them and with all markers: that
/// lines may be missing is so for any filter. One thread.
class ContextLines {
public:
    /// around: so many before and behind each. times: of the markers that are in; none: of all.
    /// begin: lines before it are left out.
    ContextLines(int around, const std::optional<LogFilter::TimeRange>& times, std::int64_t begin)
        : m_around(around)
        , m_times(times)
        , m_end(begin) {}

    /// hits: of the filter, the same with more behind them each time.
    void extend(const std::vector<std::int64_t>& hits, const LogSnapshot& snapshot);
    /// In order; more behind them each time.
    [[nodiscard]] const std::vector<std::int64_t>& lines() const { return m_lines; }

private:
    void takeUpTo(std::int64_t end);
    void takeMarkers(std::int64_t end, const LogSnapshot& snapshot);

    std::int64_t m_around;
    std::optional<LogFilter::TimeRange> m_times;
    std::vector<std::int64_t> m_lines;
    size_t m_hits = 0;         ///< of the filter's, are in
    std::int64_t m_end;        ///< lines before this are decided on
    std::int64_t m_wanted = 0; ///< lines before this are behind a hit
};

/// What one view of logs shows: the lines of some stores that a filter takes, in the order of their
/// times, and lines around them. Where there is much to sift, the newest lines are there first and
/// older ones come before them. One thread at a time, but for cancel(): it may be begun on one,
/// where much is there already, and go on on another.
class LogAssembly {
public:
    /// What became of the rows there were.
    struct Growth {
        /// Where others came in before and between them, in the order in which to apply it.
        std::vector<LogMerge::Inserted> inserted;
        /// They are others altogether: not all that were there are there in their order. Then
        /// nothing is inserted.
        bool isAnew = false;
    };

    /// filter: null takes all lines. context: so many lines of the same store before and behind
    /// each that the filter takes.
    explicit LogAssembly(std::shared_ptr<const CompiledFilter> filter, int context = 0);

    /// Takes in what the stores have more, and sifts older lines with that effort. The same stores
    /// each time, and maybe more behind them.
    Growth extend(const std::vector<LogSnapshot>& snapshots, const LogSift::Effort& effort = {});
    /// Ends sifting soon, for good. Any thread.
    void cancel();

    /// Whether no older lines are left to be sifted.
    [[nodiscard]] bool isComplete() const { return m_sift == nullptr || m_sift->isComplete(); }
    /// Lines that could not be read back, which the filter leaves out for that.
    [[nodiscard]] std::int64_t unreadLines() const { return m_sift ? m_sift->unreadLines() : 0; }
    /// As they are now; the copy stays like that.
    [[nodiscard]] const LogRows& rows() const { return m_rows; }
    [[nodiscard]] std::int64_t rowCount() const { return m_rows.size(); }
    /// row: 0 to rowCount() - 1.
    [[nodiscard]] MergedLine row(std::int64_t row) const { return m_rows.line(row); }
    /// The first row whose line is still in its store, from `from` on; rowCount() where none is.
    [[nodiscard]] std::int64_t firstRow(std::int64_t from) const;
    /// One store whose lines are all shown: then a row is a line, and nothing is kept for it.
    [[nodiscard]] bool isWhole() const { return m_rows.isWhole(); }

private:
    [[nodiscard]] bool hasMarkers() const;
    [[nodiscard]] std::uint8_t marksOf(const MergedLine& line) const;
    std::vector<LogMerge::Inserted> merge();
    void mergeAnew(Growth& growth);
    [[nodiscard]] std::optional<std::vector<LogMerge::Inserted>>
    insertedSince(const BlockList<MergedLine>& before) const;
    void place(std::int64_t from);

    std::unique_ptr<LogSift> m_sift; ///< null without a filter
    std::optional<LogFilter::TimeRange> m_times;
    int m_around;
    std::vector<ContextLines> m_context; ///< one a store, where there is a filter
    LogMerge m_merge;
    LogRows m_rows;
};

} // namespace models
