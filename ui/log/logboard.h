// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/log/logkeeper.h"
#include "app/log/logsaver.h"
#include "models/log/logassembly.h"
#include "models/log/logreader.h"
#include "models/log/logsift.h"
#include "ui/log/loglines.h"

#include <QList>
#include <QString>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ui {

/// The rows of one log view: the lines of its sources that a filter takes, merged by time, and
/// which of them a search finds. Sifting, merging and searching are off this thread; what is shown
/// meanwhile is what was there before. Where there is much, the newest lines are there first, and
/// older ones come before them.
class LogBoard final : public LogLines {
    Q_OBJECT

public:
    struct Source {
        quint64 log = 0; ///< of the keeper
        QString name;

        bool operator==(const Source&) const = default;
    };
    /// What a line is called for good, whatever number its row has.
    struct Line {
        quint64 log = 0;
        qint64 number = 0;

        bool operator==(const Line&) const = default;
    };

    /// A line and its time, to be found among other rows. The time is that of a line near it where
    /// it has none, and null where none has.
    struct Place {
        Line line;
        models::Instant time;
    };

    /// keeper outlives it.
    explicit LogBoard(app::LogKeeper& keeper, QObject* parent = nullptr);
    ~LogBoard() override;

    /// only: the one of them that is shown; none shows all.
    void setSources(const QList<Source>& sources, std::optional<int> only = {});
    [[nodiscard]] const QList<Source>& sources() const { return m_sources; }
    /// filter: its sources choose among these by name. compiled: all else of it; null takes every
    /// line.
    void setFilter(const models::LogFilter& filter,
                   std::shared_ptr<const models::CompiledFilter> compiled);
    /// What a line has to be to be found; takes no line that the filter does not take. Null
    /// searches nothing.
    void setSearch(std::shared_ptr<const models::CompiledFilter> search);
    /// So many lines of the same source before and behind each that the filter takes.
    void setContext(int lines);
    [[nodiscard]] int context() const { return m_context; }
    /// How long older lines are looked at before what was found of them is shown; longer each time
    /// after that, as all that was found is put in order again for it. From the next change on.
    void setFirstLook(std::chrono::milliseconds time) { m_firstLook = time; }

    /// Rows that the search finds, in order. A cheap copy stays as it is.
    [[nodiscard]] const models::BlockList<qint64>& hits() const { return m_hits; }
    /// Whether older lines are left that nobody has looked at for hits.
    [[nodiscard]] bool isSearching() const { return m_isSearching; }
    /// Lines that could not be read back: the search knows nothing of them.
    [[nodiscard]] qint64 unsearchedLines() const { return m_unsearched; }
    /// The hit next to a row in that direction, round the ends; -1 where there is none.
    [[nodiscard]] qint64 hitAfter(qint64 row) const;
    [[nodiscard]] qint64 hitBefore(qint64 row) const;
    [[nodiscard]] Line lineIn(qint64 row) const;
    /// The row that shows this line; -1 where none does.
    [[nodiscard]] qint64 rowOf(const Line& line) const;
    /// Finds the first row with this time or a later one, else the last row; -1 where there are
    /// none. Off this thread, as lines have to be read back from the disk for it at times; of the
    /// rows that there are when it calls back.
    void seek(models::Instant time, std::function<void(qint64)> then);
    [[nodiscard]] Place placeOf(qint64 row);
    /// Finds the row of its line, where that is not shown of its time as seek() does, else -1.
    void find(const Place& place, std::function<void(qint64)> then);
    enum class Toward { Begin, End };
    /// The time of this row, or of the next one there that has one; null where none of those near
    /// it has.
    [[nodiscard]] models::Instant timeNear(qint64 row, Toward toward);
    /// A cheap copy stays as it is.
    [[nodiscard]] const models::LogRows& rows() const { return m_rows; }
    /// Whether the filter is more than a choice of sources.
    [[nodiscard]] bool isSifted() const { return m_filter != nullptr; }
    /// Whether lines wait to be sifted or searched.
    [[nodiscard]] bool isBusy() const { return m_isBusy || m_isSifting || m_isSearching; }
    /// Whether older lines are left that the filter has not decided on: none of them is shown.
    [[nodiscard]] bool isSifting() const { return m_isSifting; }
    /// Lines that could not be read back: the filter leaves them out.
    [[nodiscard]] qint64 unsiftedLines() const { return m_unsifted; }
    /// Whether the row of this line is there, or it is known that none will be.
    [[nodiscard]] bool hasReached(const Place& place);
    /// Of all sources, those that the filter leaves out too.
    [[nodiscard]] QList<models::LogSnapshot> snapshots() const;
    /// All that is kept of all sources, whatever the filter takes, as it is to be saved.
    [[nodiscard]] app::LogSaving everything() const;
    /// The same of the rows from first to end - 1.
    [[nodiscard]] app::LogSaving saving(qint64 first, qint64 end) const;

    [[nodiscard]] qint64 firstRow() const override { return m_first; }
    [[nodiscard]] qint64 endRow() const override { return m_end; }
    [[nodiscard]] LogRow row(qint64 number) override;

Q_SIGNALS:
    /// The rows will be others in a moment, though nobody asked for others.
    void resetting();
    void hitsChanged();
    /// Everything that was there is sifted and searched.
    void settled();

private:
    class Work;
    struct Step;

    void beginAnew();
    void searchAnew(std::shared_ptr<const models::CompiledFilter> search);
    void advance();
    void goOn(const Step& step);
    enum class Hits { OfNow, OfBefore }; ///< of the search that is wanted, or of another
    void apply(const Step& step, Hits hits);
    void takeRows(const Step& step);

    app::LogKeeper& m_keeper;
    QList<Source> m_sources;
    std::optional<int> m_only;
    models::LogFilter m_names; ///< for its sources
    std::shared_ptr<const models::CompiledFilter> m_filter;
    std::shared_ptr<models::LogSift> m_search; ///< null: nothing is searched
    int m_context = 0;
    std::shared_ptr<Work> m_work; ///< used by one job at a time, off this thread
    std::chrono::milliseconds m_firstLook{8};
    std::chrono::milliseconds m_look{0}; ///< how long the next job looks at older lines
    bool m_isBusy = false;
    bool m_isBehind = false; ///< something came since the job under way began
    bool m_isNew = true;     ///< nothing of the present work was shown yet
    bool m_isSifting = false;
    bool m_isSearching = false;
    qint64 m_unsearched = 0;
    qint64 m_unsifted = 0;
    int m_numberings = 0; ///< so often rows got other numbers

    std::vector<int> m_shown;                ///< indices of m_sources that the filter lets in
    std::deque<models::LogReader> m_readers; ///< of those
    models::LogRows m_rows;
    qint64 m_first = 0;
    qint64 m_end = 0;
    models::BlockList<qint64> m_hits;
};

} // namespace ui
