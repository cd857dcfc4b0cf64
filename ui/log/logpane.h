// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logfilter.h"
#include "models/log/logmoment.h"
#include "ui/log/logboard.h"
#include "ui/log/logview.h"
#include "ui/log/savedfilters.h"
#include "ui/widgets/paletteentry.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QStackedLayout;
class QToolButton;

namespace ui {

class ActionButton;
class FilterBar;
class FindBar;
class HistogramStrip;
class JumpBar;
class LevelButtons;
class LogColumns;
class LogTimeline;
class LogDesk;
class LogEvidence;
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
    enum class Arrangement { Merged, SideBySide };
    void setArrangement(Arrangement arrangement);
    [[nodiscard]] Arrangement arrangement() const;
    /// Asks for a time to go to.
    void openJump();
    /// What can be done to the lines shown.
    [[nodiscard]] PaletteEntries paletteEntries();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Direction { Next, Previous };

    void buildHead();
    [[nodiscard]] QWidget* makeTools();
    void fillAround();
    void setAround(int lines);
    void settleColumns();
    void focusLines();
    void setHighlighter(const LogView::Highlighter& highlighter);
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
    /// What is in sight stays there under another filter, unless the end is followed.
    void keepPlace();
    void goTo(models::Instant at);
    void jumpTo(models::Instant at);
    [[nodiscard]] models::MomentFrame momentFrame();
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
    QToolButton* m_around; ///< how many lines around hits
    QToolButton* m_wrap;
    HistogramStrip* m_histogram;
    JumpBar* m_jump;
    LogView* m_view;
    LogColumns* m_columns; ///< side by side, instead of the view
    QStackedLayout* m_stack;
    QToolButton* m_sideBySide;
    LogTimeline* m_timeline;
    LogEvidence* m_evidence;
    MarkBar* m_marks;
    LogDesk* m_desk;
    ActionButton* m_pill;

    models::LogFilter m_applied;
    std::shared_ptr<const models::CompiledFilter> m_compiled; ///< of it; null takes all lines
    bool m_wantsHit = false;                ///< the next hits that come are gone to
    std::optional<models::Instant> m_place; ///< to be gone to when the rows are others
    QTimer m_typing;
};

} // namespace ui
