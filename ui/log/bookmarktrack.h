// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logbookmarks.h"

#include <QTimer>

#include <vector>

namespace ui {

class LogView;
class MarkBar;

/// Where the bookmarks are among the rows that are shown: signs in the view and on its scroll bar,
/// and from one to the next.
class BookmarkTrack final : public QObject {
    Q_OBJECT

public:
    /// The view is its parent; all others outlive it.
    BookmarkTrack(LogBookmarks& bookmarks, LogBoard& board, LogView& view, MarkBar& bar);

    /// Sets one at the row, or takes it away.
    void toggle(qint64 row);
    /// The row of the next one behind this row, or before it, round the ends; -1 where there is
    /// none.
    [[nodiscard]] qint64 next(qint64 row) const;
    [[nodiscard]] qint64 previous(qint64 row) const;
    /// Why its line is not among the rows; empty where it is.
    [[nodiscard]] QString refusal(int index) const;
    /// Of each bookmark, -1 where its line is not shown.
    [[nodiscard]] const std::vector<qint64>& rows() const { return m_rows; }

private:
    void place();
    void push(qint64 row, qint64 count);
    void showMarks();
    [[nodiscard]] std::vector<qint64> rowsShown() const;

    LogBookmarks& m_bookmarks;
    LogBoard& m_board;
    LogView& m_view;
    MarkBar& m_bar;
    std::vector<qint64> m_rows;
    QTimer m_pace; ///< of the marks on the scroll bar
};

} // namespace ui
