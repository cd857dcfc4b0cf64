// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/log/logassembly.h"

#include <algorithm>
#include <utility>

namespace models {

namespace {

constexpr size_t mostInsertions = 1000; ///< more are slower to apply than all rows anew

} // namespace

/// Decides on lines up to there that are no hits: those close behind the last one are in.
void ContextLines::takeUpTo(std::int64_t end) {
    for (; m_end < std::min(end, m_wanted); ++m_end)
        m_lines.push_back(m_end);
    m_end = std::max(m_end, end);
}

/// Lines before a marker are no context of what comes behind it: it may be from another day.
void ContextLines::takeMarkers(std::int64_t end, const LogSnapshot& snapshot) {
    const MarkerMap& markers = snapshot.markers();
    for (auto at = markers.lower_bound(m_end); at != markers.end() && at->first < end; ++at) {
        if (m_times && !m_times->holds(at->second.time()))
            continue;
        takeUpTo(at->first);
        m_lines.push_back(m_end++);
    }
}

void ContextLines::extend(const std::vector<std::int64_t>& hits, const LogSnapshot& snapshot) {
    m_end = std::max(m_end, snapshot.firstLine());
    for (; m_hits < hits.size(); ++m_hits) {
        const std::int64_t hit = hits[m_hits];
        takeMarkers(hit, snapshot);
        takeUpTo(std::max(m_end, hit - m_around));
        m_wanted = hit + 1 + m_around;
        takeUpTo(std::max(m_end, hit + 1));
    }
    takeMarkers(snapshot.lineCount(), snapshot);
    // What is not wanted yet may be before a hit that is still to come.
    takeUpTo(std::max(m_end, std::min(m_wanted, snapshot.lineCount())));
}

LogAssembly::LogAssembly(std::shared_ptr<const CompiledFilter> filter, int context)
    : m_around(context) {
    if (!filter)
        return;
    m_times = filter->times();
    m_sift = std::make_unique<LogSift>(std::move(filter));
}

void LogAssembly::cancel() {
    if (m_sift)
        m_sift->cancel();
}

LogAssembly::Growth LogAssembly::extend(const std::vector<LogSnapshot>& snapshots,
                                        const LogSift::Effort& effort) {
    const bool wasWhole = isWhole();
    m_rows.m_snapshots = snapshots;
    m_rows.m_isWhole = !m_sift && snapshots.size() == 1;
    if (isWhole())
        return {};
    // A second store comes to one that was shown whole: its lines are merged from the begin.
    if (wasWhole)
        m_merge = LogMerge();
    if (m_sift)
        m_sift->extend(snapshots);
    Growth growth{merge()};
    if (m_sift && m_sift->lookBack(effort))
        mergeAnew(growth);
    return growth;
}

std::vector<LogMerge::Inserted> LogAssembly::merge() {
    const std::vector<LogSnapshot>& snapshots = m_rows.m_snapshots;
    std::vector<LogMerge::Source> sources;
    sources.reserve(snapshots.size());
    for (size_t i = 0; m_sift && i < snapshots.size(); ++i) {
        if (i == m_context.size())
            m_context.emplace_back(m_around, m_times, m_sift->begin(i));
        m_context[i].extend(m_sift->lines(i), snapshots[i]);
    }
    for (size_t i = 0; i < snapshots.size(); ++i)
        sources.push_back({snapshots[i], m_sift ? &m_context[i].lines() : nullptr});
    const auto before = static_cast<std::int64_t>(m_rows.m_lines.size());
    std::vector<LogMerge::Inserted> inserted = m_merge.extend(sources);
    std::int64_t from = before;
    for (const LogMerge::Inserted& late : inserted)
        from = std::min(from, late.position);
    place(from);
    return inserted;
}

/// Older lines came: before those that were there, and with lines around hits between them, too.
void LogAssembly::mergeAnew(Growth& growth) {
    const BlockList<MergedLine> before = m_rows.m_lines;
    m_merge = LogMerge();
    m_context.clear();
    m_rows.m_lines.truncate(0);
    m_rows.m_marks.truncate(0);
    (void)merge();
    if (before.empty())
        return;
    const std::optional<std::vector<LogMerge::Inserted>> older = insertedSince(before);
    growth.isAnew = !older;
    if (older)
        growth.inserted.insert(growth.inserted.end(), older->begin(), older->end());
    else
        growth.inserted.clear();
}

/// Where rows came in since then; nothing where those there were are not all there in their order.
std::optional<std::vector<LogMerge::Inserted>>
LogAssembly::insertedSince(const BlockList<MergedLine>& before) const {
    const BlockList<MergedLine>& now = m_rows.m_lines;
    std::vector<LogMerge::Inserted> inserted;
    size_t left = before.size();
    for (size_t row = now.size(); row-- > 0;) {
        if (left > 0 && now[row] == before[left - 1]) {
            --left;
            continue;
        }
        const auto position = static_cast<std::int64_t>(row);
        if (inserted.empty() || inserted.back().position != position + 1)
            inserted.push_back({position + 1, 0});
        --inserted.back().position;
        ++inserted.back().count;
    }
    if (left > 0 || inserted.size() > mostInsertions)
        return std::nullopt;
    std::reverse(inserted.begin(), inserted.end());
    return inserted;
}

std::uint8_t LogAssembly::marksOf(const MergedLine& line) const {
    const std::vector<std::int64_t>& hits = m_sift->lines(line.source());
    const std::vector<std::int64_t>& shown = m_context[line.source()].lines();
    const bool isHit = std::binary_search(hits.begin(), hits.end(), line.line());
    if (m_around == 0)
        return isHit ? LogRows::Plain : LogRows::Context;
    const bool goesOn = std::binary_search(shown.begin(), shown.end(), line.line() - 1);
    return static_cast<std::uint8_t>((isHit ? LogRows::Plain : LogRows::Context) |
                                     (goesOn ? LogRows::Plain : LogRows::Begins));
}

bool LogAssembly::hasMarkers() const {
    return std::any_of(m_rows.m_snapshots.begin(), m_rows.m_snapshots.end(),
                       [](const LogSnapshot& snapshot) { return !snapshot.markers().empty(); });
}

/// The rows from there on are those of the merge.
void LogAssembly::place(std::int64_t from) {
    const std::vector<MergedLine>& lines = m_merge.lines();
    const auto first = static_cast<size_t>(from);
    m_rows.m_lines.truncate(first);
    m_rows.m_lines.append(lines.data() + first, lines.size() - first);
    const bool isAllHits = m_around == 0 && m_rows.m_marks.empty() && !hasMarkers();
    if (!m_sift || isAllHits)
        return;
    const auto marked = std::min(first, static_cast<size_t>(m_rows.m_marks.size()));
    m_rows.m_marks.truncate(marked);
    for (size_t row = marked; row < lines.size(); ++row)
        m_rows.m_marks.append(marksOf(lines[row]));
}

std::int64_t LogAssembly::firstRow(std::int64_t from) const {
    const std::vector<LogSnapshot>& snapshots = m_rows.snapshots();
    if (isWhole())
        return snapshots.front().firstLine();
    while (from < rowCount() && row(from).line() < snapshots[row(from).source()].firstLine())
        ++from;
    return from;
}

} // namespace models
