// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/log/logmoment.h"
#include "ui/log/logstage.h"
#include "ui/widgets/keysection.h"
#include "ui/widgets/paletteentry.h"

#include <QWidget>

class QToolButton;

namespace ui {

class FilterHead;
class FindBar;
class HistogramStrip;
class JumpBar;
class LogDesk;
class LogEvidence;
class LogFinder;
class LogTimeline;

/// Logs as one list: what to show, what to find, lines over time, and the lines.
class LogPane final : public QWidget {
    Q_OBJECT

public:
    using Arrangement = LogStage::Arrangement;

    /// keeper outlives it. page: its keys are the pane's as well while that is shown.
    explicit LogPane(app::LogKeeper& keeper, QWidget* page = nullptr);
    ~LogPane() override;

    void setSources(const QList<LogBoard::Source>& sources);
    [[nodiscard]] LogStage& stage() { return *m_stage; }
    [[nodiscard]] LogBoard& board() { return m_stage->board(); }
    /// Of all sources merged.
    [[nodiscard]] LogView& view() { return m_stage->view(); }
    [[nodiscard]] LogDesk& desk() { return *m_desk; }
    [[nodiscard]] LogEvidence& evidence() { return *m_evidence; }
    void focusFilter();
    void focusFind();
    void setArrangement(Arrangement arrangement) { m_stage->setArrangement(arrangement); }
    [[nodiscard]] Arrangement arrangement() const { return m_stage->arrangement(); }
    /// Asks for a time to go to.
    void openJump();
    /// What can be done to the lines shown.
    [[nodiscard]] PaletteEntries paletteEntries();
    /// All its keys.
    [[nodiscard]] KeySection keys();

private:
    void fillTools();
    void fillAround();
    void setAround(int lines);
    void connectParts();
    void addShortcuts(QWidget& page);
    void jumpTo(models::Instant at);
    [[nodiscard]] models::MomentFrame momentFrame();

    LogStage* m_stage;
    LogDesk* m_desk;
    LogEvidence* m_evidence;
    FilterHead* m_filter;
    FindBar* m_find;
    LogFinder* m_finder;
    QToolButton* m_around; ///< how many lines around hits
    QToolButton* m_wrap;
    QToolButton* m_sideBySide;
    HistogramStrip* m_histogram;
    LogTimeline* m_timeline;
    JumpBar* m_jump;
};

} // namespace ui
