// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logboard.h"
#include "ui/log/logspot.h"
#include "ui/log/logview.h"

#include <QWidget>

#include <optional>

class QStackedLayout;

namespace ui {

class LogBookmarks;
class LogColumns;
class MarkBar;

/// The lines of a log pane, merged by time or side by side. What a person looks at stays in sight
/// from one to the other and under another filter, unless the end is followed.
class LogStage final : public QWidget {
    Q_OBJECT

public:
    enum class Arrangement { Merged, SideBySide };

    /// keeper outlives it.
    explicit LogStage(app::LogKeeper& keeper, QWidget* parent = nullptr);
    ~LogStage() override;

    void setArrangement(Arrangement arrangement);
    [[nodiscard]] Arrangement arrangement() const { return m_arrangement; }
    void setSources(const QList<LogBoard::Source>& sources);
    /// As LogBoard::setFilter().
    void setFilter(const models::LogFilter& filter,
                   const std::shared_ptr<const models::CompiledFilter>& compiled);
    void setContext(int lines);
    void setWrapping(LogView::Wrapping wrapping);
    void setHighlighter(const LogView::Highlighter& highlighter);
    /// To the first line at this time or later.
    void goTo(models::Instant at);
    /// To a row of board(), wherever its line is shown.
    void goToRow(qint64 row);
    /// The row of board() that the person is at; -1 where there is none.
    [[nodiscard]] qint64 currentRow() const;
    /// Where the bookmarks are among the rows of board().
    [[nodiscard]] const BookmarkTrack& track() const { return *m_track; }
    void focusLines();

    /// Where the person is.
    [[nodiscard]] LogSpot here() const;
    /// All sources merged, whatever is in sight, and their scroll bar.
    [[nodiscard]] LogBoard& board() { return *m_board; }
    [[nodiscard]] LogView& view() { return *m_view; }
    [[nodiscard]] MarkBar& marks() { return *m_marks; }
    [[nodiscard]] LogBookmarks& bookmarks() { return *m_bookmarks; }

Q_SIGNALS:
    void arrangementChanged();
    /// The person is at another line.
    void hereChanged();
    /// One that is beside others: whatever can be done to lines can be done there, too.
    void viewMade(ui::LogView* view);

private:
    [[nodiscard]] std::optional<LogBoard::Place> placeInSight() const;
    void returnToPlace();

    LogBookmarks* m_bookmarks;
    LogBoard* m_board;
    MarkBar* m_marks;
    LogView* m_view;
    BookmarkTrack* m_track;
    LogColumns* m_columns;
    QStackedLayout* m_stack;
    Arrangement m_arrangement = Arrangement::Merged;
    std::optional<LogBoard::Place> m_place; ///< to be gone to when the rows have come there
};

} // namespace ui
