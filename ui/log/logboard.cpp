// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/logboard.h"

#include "app/log/siftingeffort.h"
#include "ui/widgets/whenfinished.h"

#include <QtConcurrentRun>

#include <algorithm>
#include <optional>
#include <utility>

namespace ui {

namespace {

constexpr int rowsLookedAt = 200; ///< for one with a time
constexpr int lookGrowth = 4;

} // namespace

/// What a job found.
struct LogBoard::Step {
    models::LogAssembly::Growth growth;
    models::LogRows rows;
    qint64 first = 0;
    models::BlockList<qint64> hits;
    bool areHitsOthers = false;
    bool isSifted = false;
    bool isSearched = false;
    qint64 unsearched = 0;
    qint64 unsifted = 0;
};

/// What the jobs work with; the one that is under way is the only one that touches it.
class LogBoard::Work {
public:
    Work(std::shared_ptr<const models::CompiledFilter> filter, int context)
        : m_rows(std::move(filter), context) {}

    /// search: null for none; takes no line that the filter does not take. look: at older lines,
    /// for the filter and for the search each.
    [[nodiscard]] Step extend(const std::vector<models::LogSnapshot>& snapshots,
                              const std::shared_ptr<models::LogSift>& search,
                              std::chrono::milliseconds look) {
        Step step;
        const qint64 before = m_rows.rowCount();
        step.growth = m_rows.extend(snapshots, app::siftingFor(look));
        step.rows = m_rows.rows();
        qint64 from = step.growth.isAnew ? 0 : std::min<qint64>(before, m_rows.rowCount());
        for (const models::LogMerge::Inserted& late : step.growth.inserted)
            from = std::min<qint64>(from, late.position);
        step.first = m_first = m_rows.firstRow(std::min(m_first, from));
        if (m_search != search) {
            m_search = search;
            from = 0;
            step.areHitsOthers = true;
        }
        if (m_search)
            step.areHitsOthers |= findHits(from, look);
        else
            m_hits.truncate(0);
        step.hits = m_hits;
        step.isSifted = m_rows.isComplete();
        step.unsifted = m_rows.unreadLines();
        step.isSearched = m_search == nullptr || m_search->isComplete();
        step.unsearched = m_search == nullptr ? 0 : m_search->unreadLines();
        return step;
    }

    /// Any thread.
    void cancel() { m_rows.cancel(); }

private:
    /// The rows that are hits, from this one on; whether they are others.
    bool findHits(qint64 from, std::chrono::milliseconds look) {
        m_search->extend(m_rows.rows().snapshots());
        const bool hasLookedBack = m_search->lookBack(app::siftingFor(look));
        const size_t known = hasLookedBack ? 0 : m_hits.lowerBound(from);
        const size_t before = m_hits.size();
        m_hits.truncate(known);
        if (m_rows.isWhole())
            takeLines(hasLookedBack ? 0 : from);
        else
            walkRows(hasLookedBack ? 0 : from);
        return hasLookedBack || known != before || m_hits.size() != before;
    }

    /// Lines are rows.
    void takeLines(qint64 from) {
        const std::vector<std::int64_t>& lines = m_search->lines(0);
        const auto at = std::lower_bound(lines.begin(), lines.end(), from);
        for (auto line = at; line != lines.end(); ++line)
            m_hits.append(*line);
    }

    void walkRows(qint64 from) {
        using Line = std::vector<std::int64_t>::const_iterator;
        std::vector<std::optional<Line>> next(m_rows.rows().snapshots().size());
        for (qint64 row = from; row < m_rows.rowCount(); ++row) {
            const models::MergedLine line = m_rows.row(row);
            const std::vector<std::int64_t>& lines = m_search->lines(line.source());
            std::optional<Line>& at = next[line.source()];
            if (!at)
                at = std::lower_bound(lines.cbegin(), lines.cend(), line.line());
            while (*at != lines.cend() && **at < line.line())
                ++*at;
            if (*at != lines.cend() && **at == line.line())
                m_hits.append(row);
        }
    }

    models::LogAssembly m_rows;
    std::shared_ptr<models::LogSift> m_search; ///< null where nothing is searched
    models::BlockList<qint64> m_hits;
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

void LogBoard::setSources(const QList<Source>& sources, std::optional<int> only) {
    if (m_sources == sources && m_only == only)
        return;
    m_sources = sources;
    m_only = only;
    beginAnew();
}

void LogBoard::setFilter(const models::LogFilter& filter,
                         std::shared_ptr<const models::CompiledFilter> compiled) {
    m_names = filter;
    m_filter = std::move(compiled);
    beginAnew();
}

void LogBoard::setSearch(std::shared_ptr<const models::CompiledFilter> search) {
    searchAnew(std::move(search));
    advance();
}

void LogBoard::searchAnew(std::shared_ptr<const models::CompiledFilter> search) {
    if (m_search)
        m_search->cancel();
    m_search = search ? std::make_shared<models::LogSift>(std::move(search)) : nullptr;
    m_look = m_firstLook;
}

void LogBoard::setContext(int lines) {
    if (m_context == lines)
        return;
    m_context = lines;
    if (m_filter)
        beginAnew();
}

void LogBoard::beginAnew() {
    auto old = std::exchange(m_work, std::make_shared<Work>(m_filter, m_context));
    if (old)
        old->cancel();
    (void)QtConcurrent::run([old = std::move(old)] {});  // its end takes a while, too
    searchAnew(m_search ? m_search->filter() : nullptr); // of other stores
    m_isNew = true;
    m_shown.clear();
    for (int i = 0; i < m_sources.size(); ++i) {
        if (m_only.value_or(i) == i && m_names.takesSource(m_sources[i].name))
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
    const auto extend = [work = m_work, search = m_search, look = m_look,
                         snapshots = std::move(snapshots)] {
        return std::make_shared<const Step>(work->extend(snapshots, search, look));
    };
    whenFinished(QtConcurrent::run(extend), this,
                 [this, work = m_work, search = m_search](const std::shared_ptr<const Step>& step) {
                     m_isBusy = false;
                     // What became of the rows counts, whatever is searched by now.
                     if (work == m_work)
                         apply(*step, search == m_search ? Hits::OfNow : Hits::OfBefore);
                     if (work == m_work && search == m_search)
                         goOn(*step);
                     else
                         advance();
                 });
}

void LogBoard::goOn(const Step& step) {
    const bool isAll = step.isSifted && step.isSearched;
    if (!isAll)
        m_look *= lookGrowth;
    if (!isAll || m_isBehind)
        advance();
    else if (!m_isBusy)
        Q_EMIT settled();
}

void LogBoard::apply(const Step& step, Hits hits) {
    m_isSifting = !step.isSifted;
    m_isSearching = hits == Hits::OfNow ? !step.isSearched : m_search != nullptr;
    m_unsearched = step.unsearched;
    m_unsifted = step.unsifted;
    if (step.growth.isAnew && !m_isNew)
        Q_EMIT resetting();
    const bool isReset = std::exchange(m_isNew, false) || step.growth.isAnew;
    if (isReset)
        m_readers.clear();
    takeRows(step);
    m_hits = hits == Hits::OfNow ? step.hits : models::BlockList<qint64>();
    if (isReset || !step.growth.inserted.empty())
        ++m_numberings;
    if (isReset) {
        Q_EMIT reset();
    } else {
        for (const models::LogMerge::Inserted& late : step.growth.inserted)
            Q_EMIT inserted(late.position, late.count);
        Q_EMIT changed();
    }
    if (isReset || step.areHitsOthers || hits == Hits::OfBefore)
        Q_EMIT hitsChanged();
}

void LogBoard::takeRows(const Step& step) {
    const std::vector<models::LogSnapshot>& snapshots = step.rows.snapshots();
    m_readers.resize(snapshots.size());
    for (size_t i = 0; i < snapshots.size(); ++i)
        m_readers[i].setSnapshot(snapshots[i]);
    // Millions of rows that go are not let go of on this thread.
    if (!m_rows.isWhole())
        (void)QtConcurrent::run([old = std::move(m_rows)] {});
    m_rows = step.rows;
    m_first = step.first;
    m_end = step.rows.size();
}

LogBoard::Line LogBoard::lineIn(qint64 row) const {
    const models::MergedLine line = m_rows.line(row);
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
        while (at < end && m_rows.line(at).source() != source)
            ++at;
        if (at < end && m_rows.line(at).line() == line.number)
            return at;
        if (at < end && m_rows.line(at).line() < line.number)
            begin = at + 1;
        else
            end = middle;
    }
    return -1;
}

LogRow LogBoard::row(qint64 number) {
    const models::MergedLine line = m_rows.line(number);
    models::LogReader& reader = m_readers[line.source()];
    LogRow row{reader.line(line.line()), reader.spans(line.line()), m_shown[line.source()]};
    row.isContext = m_rows.isContext(number);
    row.isParted = number > m_first && m_rows.isParted(number);
    return row;
}

QList<models::LogSnapshot> LogBoard::snapshots() const {
    QList<models::LogSnapshot> all;
    for (const Source& source : m_sources)
        all.append(m_keeper.snapshot(source.log));
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
    if (m_rows.isWhole() && first == m_first && end == m_end)
        return rows; // as long as it may be, nothing is kept for it
    rows.lines.emplace();
    rows.lines->reserve(static_cast<size_t>(std::max<qint64>(0, end - first)));
    for (qint64 row = first; row < end; ++row)
        rows.lines->push_back(m_rows.line(row));
    return rows;
}

qint64 LogBoard::hitAfter(qint64 row) const {
    if (m_hits.empty())
        return -1;
    const size_t next = m_hits.lowerBound(row + 1);
    return m_hits[next == m_hits.size() ? 0 : next];
}

qint64 LogBoard::hitBefore(qint64 row) const {
    if (m_hits.empty())
        return -1;
    const size_t next = m_hits.lowerBound(row);
    return m_hits[next == 0 ? m_hits.size() - 1 : next - 1];
}

void LogBoard::seek(models::Instant time, std::function<void(qint64)> then) {
    const auto look = [rows = m_rows, time, first = m_first] { return rows.rowAt(time, first); };
    whenFinished(QtConcurrent::run(look), this,
                 [this, time, then = std::move(then), numbering = m_numberings](qint64 row) {
                     if (numbering != m_numberings)
                         seek(time, then);
                     else
                         then(m_first == m_end ? -1 : std::clamp(row, m_first, m_end - 1));
                 });
}

LogBoard::Place LogBoard::placeOf(qint64 row) {
    return {lineIn(row), timeNear(row, Toward::Begin)};
}

bool LogBoard::hasReached(const Place& place) {
    if (!m_isSifting || rowOf(place.line) >= 0)
        return true;
    const models::Instant first = timeNear(m_first, Toward::End);
    return !first.isNull() && !place.time.isNull() && first <= place.time;
}

void LogBoard::find(const Place& place, std::function<void(qint64)> then) {
    const qint64 row = rowOf(place.line);
    if (row < 0 && !place.time.isNull())
        seek(place.time, std::move(then));
    else
        then(row);
}

models::Instant LogBoard::timeNear(qint64 row, Toward toward) {
    const qint64 step = toward == Toward::Begin ? -1 : 1;
    for (int i = 0; i < rowsLookedAt && row >= m_first && row < m_end; ++i, row += step) {
        if (const models::Instant time = this->row(row).time(); !time.isNull())
            return time;
    }
    return {};
}

} // namespace ui
