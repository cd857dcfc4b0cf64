// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "ui/log/logboard.h"
#include "ui/log/savedfilters.h"
#include "ui/widgets/paletteentry.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QToolButton;

namespace ui {

class ActionButton;
class FilterBar;
class FindBar;
class HistogramStrip;
class LevelButtons;
class LogDesk;
class LogEvidence;
class LogView;
class MarkBar;
class SavedFiltersPanel;
class SourceChooser;
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
    [[nodiscard]] LogEvidence& evidence() { return *m_evidence; }
    void focusFilter();
    void focusFind();
    /// What can be done to the lines shown.
    [[nodiscard]] PaletteEntries paletteEntries();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Direction { Next, Previous };

    void buildHead();
    [[nodiscard]] QWidget* makeTools();
    void connectParts();
    void connectFilter();
    void addShortcuts();
    void complain(const QString& words);
    void applyFilter();
    void apply(const models::LogFilter& filter);
    void applySaved(const QString& text);
    void onChipsChanged();
    /// The chips, but for a change.
    void changeChips(const std::function<void(models::LogFilter&)>& change);
    void applyFind();
    void goToHit(Direction direction);
    void onHitsChanged();
    void showHitCount();
    void showHistogram();
    void placePill();

    LogBoard* m_board;
    SavedFilters m_savedFilters;
    FilterBar* m_filter;
    TextLabel* m_complaint; ///< what is wrong with the filter or the search
    LevelButtons* m_levels;
    SourceChooser* m_chooser;
    QToolButton* m_saved;
    SavedFiltersPanel* m_savedPanel;
    FindBar* m_find;
    QToolButton* m_wrap;
    HistogramStrip* m_histogram;
    LogView* m_view;
    LogEvidence* m_evidence;
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
