// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logboard.h"

#include "ui/widgets/whenfinished.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <optional>
#include <utility>

namespace ui {

/// What a job found: the rows from `from` on are these now, and the hits from `hitsFrom` on.
struct LogBoard::Step {
    std::vector<models::LogSnapshot> snapshots;
    std::vector<models::LogMerge::Inserted> inserted;
    bool isWhole = false;
    qint64 first = 0;
    qint64 end = 0;
    qint64 from = 0;
    std::vector<models::MergedLine> rows;
    size_t hitsFrom = 0;
    std::vector<qint64> hits;
};

/// What the jobs work with; the one that is under way is the only one that touches it.
class LogBoard::Work {
public:
    /// search: null for none; takes no line that filter does not take.
    Work(std::shared_ptr<const models::CompiledFilter> filter,
         std::shared_ptr<const models::CompiledFilter> search)
        : m_rows(std::move(filter)) {
        if (search)
            m_found.emplace(std::move(search));
    }

    [[nodiscard]] Step extend(std::vector<models::LogSnapshot> snapshots) {
        Step step;
        const qint64 before = m_rows.rowCount();
        step.inserted = m_rows.extend(snapshots);
        step.isWhole = m_rows.isWhole();
        step.first = m_first = m_rows.firstRow(m_first);
        step.end = m_rows.rowCount();
        step.from = std::min(before, step.end);
        for (const models::LogMerge::Inserted& late : step.inserted)
            step.from = std::min<qint64>(step.from, late.position);
        if (!step.isWhole) {
            for (qint64 row = step.from; row < step.end; ++row)
                step.rows.push_back(m_rows.row(row));
        }
        if (m_found)
            placeHits(snapshots, step);
        step.snapshots = std::move(snapshots);
        return step;
    }

private:
    /// Hits are rows too, in the same order: a walk along both tells where each stands.
    void placeHits(const std::vector<models::LogSnapshot>& snapshots, Step& step) {
        auto known = std::lower_bound(m_hits.begin(), m_hits.end(), step.from) - m_hits.begin();
        for (const models::LogMerge::Inserted& late : m_found->extend(snapshots))
            known = std::min<std::ptrdiff_t>(known, late.position);
        m_hits.resize(static_cast<size_t>(known));
        step.hitsFrom = m_hits.size();
        qint64 row = m_hits.empty() ? 0 : m_hits.back() + 1;
        for (qint64 hit = known; hit < m_found->rowCount(); ++hit) {
            const models::MergedLine line = m_found->row(hit);
            if (step.isWhole)
                row = line.line();
            while (row < step.end && m_rows.row(row) != line)
                ++row;
            m_hits.push_back(row++);
        }
        step.hits.assign(m_hits.begin() + known, m_hits.end());
    }

    models::LogAssembly m_rows;
    std::optional<models::LogAssembly> m_found;
    std::vector<qint64> m_hits;
    qint64 m_first = 0;
};

LogBoard::LogBoard(app::LogKeeper& keeper, QObject* parent)
    : LogLines(parent)
    , m_keeper(keeper) {
    connect(&keeper, &app::LogKeeper::grown, this, [this](const QList<quint64>& logs) {
        const bool isOurs =
            std::any_of(m_sources.cbegin(), m_sources.cend(),
                        [&logs](const Source& each) { return logs.contains(each.log); });
        if (isOurs)
            advance();
    });
    beginAnew();
}

LogBoard::~LogBoard() = default;

void LogBoard::setSources(const QList<Source>& sources) {
    if (m_sources == sources)
        return;
    m_sources = sources;
    beginAnew();
}

void LogBoard::setFilter(const models::LogFilter& filter,
                         std::shared_ptr<const models::CompiledFilter> compiled) {
    m_names = filter;
    m_filter = std::move(compiled);
    beginAnew();
}

void LogBoard::setSearch(std::shared_ptr<const models::CompiledFilter> search) {
    m_search = std::move(search);
    beginAnew();
}

void LogBoard::beginAnew() {
    m_work = std::make_shared<Work>(m_filter, m_search);
    m_isNew = true;
    m_shown.clear();
    for (int i = 0; i < m_sources.size(); ++i) {
        if (m_names.takesSource(m_sources[i].name))
            m_shown.push_back(i);
    }
    advance();
}

void LogBoard::advance() {
    if (m_isBusy) {
        m_isBehind = true;
        return;
    }
    m_isBusy = true;
    m_isBehind = false;
    std::vector<models::LogSnapshot> snapshots;
    for (const int source : m_shown)
        snapshots.push_back(m_keeper.snapshot(m_sources[source].log));
    const auto extend = [work = m_work, snapshots = std::move(snapshots)]() mutable {
        return std::make_shared<const Step>(work->extend(std::move(snapshots)));
    };
    whenFinished(QtConcurrent::run(extend), this,
                 [this, work = m_work](const std::shared_ptr<const Step>& step) {
                     m_isBusy = false;
                     if (work == m_work)
                         apply(*step);
                     if (work != m_work || m_isBehind)
                         advance();
                     else
                         Q_EMIT settled();
                 });
}

void LogBoard::apply(const Step& step) {
    const bool isNew = std::exchange(m_isNew, false);
    if (isNew) {
        m_readers.clear();
        m_rows.clear();
        m_hits.clear();
    }
    m_isWhole = step.isWhole;
    m_readers.resize(step.snapshots.size());
    for (size_t i = 0; i < step.snapshots.size(); ++i)
        m_readers[i].setSnapshot(step.snapshots[i]);
    if (!m_isWhole) {
        m_rows.resize(static_cast<size_t>(step.from));
        m_rows.insert(m_rows.end(), step.rows.begin(), step.rows.end());
    }
    m_first = step.first;
    m_end = step.end;
    const bool areHitsOthers = isNew || m_hits.size() != step.hitsFrom || !step.hits.empty();
    m_hits.resize(step.hitsFrom);
    m_hits.insert(m_hits.end(), step.hits.begin(), step.hits.end());
    if (isNew) {
        Q_EMIT reset();
    } else {
        for (const models::LogMerge::Inserted& late : step.inserted)
            Q_EMIT inserted(late.position, late.count);
        Q_EMIT changed();
    }
    if (areHitsOthers)
        Q_EMIT hitsChanged();
}

models::MergedLine LogBoard::lineOf(qint64 row) const {
    return m_isWhole ? models::MergedLine::of(0, row) : m_rows[static_cast<size_t>(row)];
}

LogBoard::Line LogBoard::lineIn(qint64 row) const {
    const models::MergedLine line = lineOf(row);
    return {m_sources[m_shown[line.source()]].log, line.line()};
}

qint64 LogBoard::rowOf(const Line& line) const {
    const auto of = std::find_if(m_shown.begin(), m_shown.end(),
                                 [&](int source) { return m_sources[source].log == line.log; });
    // Lines of one source keep their order among the rows: those of others are stepped over.
    const auto source = static_cast<std::uint32_t>(of - m_shown.begin());
    qint64 begin = of == m_shown.end() ? m_end : m_first;
    qint64 end = m_end;
    while (begin < end) {
        const qint64 middle = begin + (end - begin) / 2;
        qint64 at = middle;
        while (at < end && lineOf(at).source() != source)
            ++at;
        if (at < end && lineOf(at).line() == line.number)
            return at;
        if (at < end && lineOf(at).line() < line.number)
            begin = at + 1;
        else
            end = middle;
    }
    return -1;
}

LogRow LogBoard::row(qint64 number) {
    const models::MergedLine line = lineOf(number);
    models::LogReader& reader = m_readers[line.source()];
    return {reader.line(line.line()), reader.spans(line.line()), m_shown[line.source()]};
}

QList<models::LogSnapshot> LogBoard::snapshots() const {
    QList<models::LogSnapshot> all;
    for (const models::LogReader& reader : m_readers)
        all.append(reader.snapshot());
    return all;
}

app::LogSaving LogBoard::everything() const {
    app::LogSaving all;
    for (const Source& source : m_sources)
        all.sources.append({m_keeper.snapshot(source.log), source.name});
    return all;
}

app::LogSaving LogBoard::saving(qint64 first, qint64 end) const {
    app::LogSaving rows;
    for (size_t i = 0; i < m_readers.size(); ++i)
        rows.sources.append({m_readers[i].snapshot(), m_sources[m_shown[i]].name});
    first = std::max(first, m_first);
    end = std::min(end, m_end);
    if (m_isWhole && first == m_first && end == m_end)
        return rows; // as long as it may be, nothing is kept for it
    rows.lines.emplace();
    rows.lines->reserve(static_cast<size_t>(std::max<qint64>(0, end - first)));
    for (qint64 row = first; row < end; ++row)
        rows.lines->push_back(lineOf(row));
    return rows;
}

qint64 LogBoard::hitAfter(qint64 row) const {
    if (m_hits.empty())
        return -1;
    const auto next = std::upper_bound(m_hits.begin(), m_hits.end(), row);
    return next == m_hits.end() ? m_hits.front() : *next;
}

qint64 LogBoard::hitBefore(qint64 row) const {
    if (m_hits.empty())
        return -1;
    const auto next = std::lower_bound(m_hits.begin(), m_hits.end(), row);
    return next == m_hits.begin() ? m_hits.back() : *std::prev(next);
}

qint64 LogBoard::rowAt(models::Instant time) {
    qint64 begin = m_first;
    qint64 end = m_end;
    while (begin < end) {
        const qint64 middle = begin + (end - begin) / 2;
        if (row(middle).line.time.nanoseconds < time.nanoseconds)
            begin = middle + 1;
        else
            end = middle;
    }
    return std::min(begin, std::max(m_first, m_end - 1));
}

} // namespace ui
