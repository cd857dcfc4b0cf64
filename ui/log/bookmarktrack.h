// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logbookmarks.h"

#include <QTimer>

#include <vector>

namespace ui {

class LogView;
class MarkBar;

/// Where the bookmarks are among the rows that are shown: signs in the view and on its scroll bar,
/// and the ways from one to the next.
class BookmarkTrack final : public QObject {
    Q_OBJECT

public:
    /// All outlive it.
    BookmarkTrack(LogBookmarks& bookmarks, LogBoard& board, LogView& view, MarkBar& bar);

    /// Sets one at the row, or takes it away.
    void toggle(qint64 row);
    void goToNext();
    void goToPrevious();
    /// Why it cannot; empty where it went there.
    [[nodiscard]] QString goTo(int index);
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
