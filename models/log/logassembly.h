// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "models/log/logmerge.h"
#include "models/log/logsearch.h"
#include "models/log/logsnapshot.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace models {

/// What one view of logs shows: the lines of some stores that a filter takes, in the order of their
/// times. One thread at a time: it may be begun on one, where much is there already, and go on on
/// another.
class LogAssembly {
public:
    /// filter: null takes all lines.
    explicit LogAssembly(std::shared_ptr<const CompiledFilter> filter);

    /// Takes in what the stores have more. The same stores each time, and maybe more behind them.
    /// Gives where rows came in before others, in the order in which to apply it.
    std::vector<LogMerge::Inserted> extend(const std::vector<LogSnapshot>& snapshots);

    [[nodiscard]] std::int64_t rowCount() const;
    /// row: 0 to rowCount() - 1.
    [[nodiscard]] MergedLine row(std::int64_t row) const;
    /// The first row whose line is still in its store, from `from` on; rowCount() where none is.
    [[nodiscard]] std::int64_t firstRow(std::int64_t from) const;
    /// One store whose lines are all shown: then a row is a line, and nothing is kept for it.
    [[nodiscard]] bool isWhole() const { return !m_filter && m_snapshots.size() == 1; }

private:
    std::shared_ptr<const CompiledFilter> m_filter;
    std::vector<LogSnapshot> m_snapshots;
    std::vector<StandingFilter> m_filters; ///< one a store, where there is a filter
    LogMerge m_merge;
};

} // namespace models
