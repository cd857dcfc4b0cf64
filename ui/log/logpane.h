// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "ui/log/logboard.h"

#include <QTimer>
#include <QWidget>

class QToolButton;

namespace ui {

class ActionButton;
class HistogramStrip;
class LogDesk;
class LogView;
class MarkBar;
class SearchField;
class TextLabel;

/// Logs as one list: what to show, what to find, lines over time, and the lines.
class LogPane final : public QWidget {
    Q_OBJECT

public:
    /// keeper outlives it.
    explicit LogPane(app::LogKeeper& keeper, QWidget* parent = nullptr);
    ~LogPane() override;

    void setSources(const QList<LogBoard::Source>& sources);
    [[nodiscard]] LogBoard& board() { return *m_board; }
    [[nodiscard]] LogView& view() { return *m_view; }
    [[nodiscard]] LogDesk& desk() { return *m_desk; }
    void focusFilter();
    void focusFind();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Direction { Next, Previous };

    void buildHead();
    void connectParts();
    void applyFilter();
    void applyFind();
    void goToHit(Direction direction);
    void onHitsChanged();
    void showHitCount();
    void showHistogram();
    void placePill();

    LogBoard* m_board;
    SearchField* m_filter;
    TextLabel* m_complaint; ///< what is wrong with the filter or the search
    SearchField* m_find;
    TextLabel* m_hitCount;
    QToolButton* m_previous;
    QToolButton* m_next;
    QToolButton* m_wrap;
    HistogramStrip* m_histogram;
    LogView* m_view;
    MarkBar* m_marks;
    LogDesk* m_desk;
    ActionButton* m_pill;

    models::LogFilter m_applied;
    bool m_wantsHit = false; ///< the next hits that come are gone to
    bool m_isCounting = false;
    QTimer m_typing;
    QTimer m_counting;
};

} // namespace ui
