// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/log/logboard.h"
#include "ui/log/logview.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QHBoxLayout;

namespace ui {

class TextLabel;

/// Up to four sources beside one another, scrolled together by time: the one that a person is at
/// leads, and the others show what was there at its time.
class LogColumns final : public QWidget {
    Q_OBJECT

public:
    static constexpr int most = 4;

    /// keeper outlives it.
    explicit LogColumns(app::LogKeeper& keeper, QWidget* parent = nullptr);

    /// All sources, whose places give their colours: the first that the filter takes are shown.
    void setSources(const QList<LogBoard::Source>& sources);
    /// As LogBoard::setFilter().
    void setFilter(const models::LogFilter& filter,
                   std::shared_ptr<const models::CompiledFilter> compiled);
    void setContext(int lines);
    void setWrapping(LogView::Wrapping wrapping);
    void setHighlighter(LogView::Highlighter highlighter);
    /// All of them to the first line at this time or later.
    void goTo(models::Instant at);
    /// That of the source, and the others with it; all where it is not shown.
    void goTo(int source, models::Instant at);

    [[nodiscard]] int count() const { return static_cast<int>(m_columns.size()); }
    /// index: 0 to count() - 1.
    [[nodiscard]] LogView& view(int index) { return *m_columns[static_cast<size_t>(index)].view; }
    [[nodiscard]] LogBoard& board(int index) {
        return *m_columns[static_cast<size_t>(index)].board;
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Column {
        int source = 0; ///< of m_sources
        QWidget* widget = nullptr;
        LogBoard* board = nullptr;
        LogView* view = nullptr;
    };

    void arrange();
    Column makeColumn(int source);
    void apply(const Column& column);
    void followLeader();
    void scrollTo(const Column& column, models::Instant at);
    [[nodiscard]] models::Instant timeInSight(const Column& column);

    app::LogKeeper& m_keeper;
    QList<LogBoard::Source> m_sources;
    models::LogFilter m_names;
    std::shared_ptr<const models::CompiledFilter> m_filter;
    int m_context = 0;
    LogView::Wrapping m_wrapping = LogView::Wrapping::Off;
    LogView::Highlighter m_highlighter;
    TextLabel* m_more;
    QHBoxLayout* m_row;
    std::vector<Column> m_columns;
    size_t m_leader = 0;
    QTimer m_following;
};

} // namespace ui
