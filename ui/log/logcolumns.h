// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logboard.h"
#include "ui/log/logspot.h"
#include "ui/log/logview.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QHBoxLayout;

namespace ui {

class LogBookmarks;
class TextLabel;

/// Up to four sources beside one another, as there is room, scrolled together by time: the one that
/// a person is at leads, and the others show what was there at its time.
class LogColumns final : public QWidget {
    Q_OBJECT

public:
    static constexpr int most = 4;

    /// keeper and bookmarks outlive it.
    LogColumns(app::LogKeeper& keeper, LogBookmarks& bookmarks, QWidget* parent = nullptr);
    ~LogColumns() override;

    /// All sources, whose places give their colours: the first that the filter takes are shown.
    void setSources(const QList<LogBoard::Source>& sources);
    /// As LogBoard::setFilter().
    void setFilter(const models::LogFilter& filter,
                   std::shared_ptr<const models::CompiledFilter> compiled);
    void setContext(int lines);
    void setWrapping(LogView::Wrapping wrapping);
    void setHighlighter(LogView::Highlighter highlighter);
    /// That of its source to the line, the others to its time; as soon as there are lines.
    void goTo(const LogBoard::Place& place);
    /// The one that a person is at; there are columns.
    [[nodiscard]] LogSpot leader() const;

    [[nodiscard]] int count() const { return static_cast<int>(m_columns.size()); }
    /// index: 0 to count() - 1.
    [[nodiscard]] LogView& view(int index) { return *m_columns[static_cast<size_t>(index)].view; }
    [[nodiscard]] LogBoard& board(int index) {
        return *m_columns[static_cast<size_t>(index)].board;
    }

Q_SIGNALS:
    void viewMade(ui::LogView* view);
    void leaderChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Column {
        int source = 0; ///< of m_sources
        QWidget* widget = nullptr;
        LogBoard* board = nullptr;
        LogView* view = nullptr;
        BookmarkTrack* bookmarks = nullptr;
        std::optional<LogBoard::Place> wanted; ///< to be gone to when the rows have come there
    };

    void arrange();
    /// Columns that there is room for.
    [[nodiscard]] int room() const;
    Column makeColumn(int source);
    void apply(Column& column);
    void lead(size_t column);
    void settle(int source);
    static void go(const Column& column, const LogBoard::Place& place);
    void followLeader();
    void scrollTo(const Column& column, models::Instant at);
    [[nodiscard]] models::Instant timeInSight(const Column& column);

    app::LogKeeper& m_keeper;
    LogBookmarks& m_bookmarks;
    QList<LogBoard::Source> m_sources;
    models::LogFilter m_names;
    std::shared_ptr<const models::CompiledFilter> m_filter;
    int m_context = 0;
    LogView::Wrapping m_wrapping = LogView::Wrapping::Off;
    LogView::Highlighter m_highlighter;
    TextLabel* m_more;
    QHBoxLayout* m_row;
    std::vector<Column> m_columns;
    int m_room = 0; ///< when they were arranged
    size_t m_leader = 0;
    QTimer m_following;
};

} // namespace ui
