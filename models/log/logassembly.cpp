// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logassembly.h"

#include <utility>

namespace models {

LogAssembly::LogAssembly(std::shared_ptr<const CompiledFilter> filter)
    : m_filter(std::move(filter)) {}

std::vector<LogMerge::Inserted> LogAssembly::extend(const std::vector<LogSnapshot>& snapshots) {
    const bool wasWhole = isWhole();
    m_snapshots = snapshots;
    if (isWhole())
        return {};
    // A second store comes to one that was shown whole: its lines are merged from the begin.
    if (wasWhole)
        m_merge = LogMerge();
    while (m_filter && m_filters.size() < snapshots.size())
        m_filters.emplace_back(m_filter, snapshots[m_filters.size()].firstLine());
    std::vector<LogMerge::Source> sources;
    sources.reserve(snapshots.size());
    for (size_t i = 0; i < snapshots.size(); ++i) {
        if (m_filter)
            m_filters[i].extend(snapshots[i]);
        sources.push_back({snapshots[i], m_filter ? &m_filters[i].lines() : nullptr});
    }
    return m_merge.extend(sources);
}

std::int64_t LogAssembly::rowCount() const {
    return isWhole() ? m_snapshots.front().lineCount()
                     : static_cast<std::int64_t>(m_merge.lines().size());
}

MergedLine LogAssembly::row(std::int64_t row) const {
    return isWhole() ? MergedLine::of(0, row) : m_merge.lines()[static_cast<size_t>(row)];
}

std::int64_t LogAssembly::firstRow(std::int64_t from) const {
    if (isWhole())
        return m_snapshots.front().firstLine();
    const auto isGone = [this](const MergedLine& line) {
        return line.line() < m_snapshots[line.source()].firstLine();
    };
    const std::vector<MergedLine>& lines = m_merge.lines();
    while (from < rowCount() && isGone(lines[static_cast<size_t>(from)]))
        ++from;
    return from;
}

} // namespace models
