// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run/timelinerows.h"
#include "ui/widgets/keysection.h"

class QScrollArea;

namespace ui {

class ActionButton;
class TextLabel;
class TimeAxis;
class TimeGestures;

/// What happened in a run, on one axis of time: its steps, gates, triggers and watch, how the
/// services fared, and what people decided. Arrows go from one thing to the next.
class TimelineView final : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(QWidget* parent = nullptr);

    /// Of a run that goes on it follows the present until a person looks elsewhere. isOther: it is
    /// of another run than before.
    void showTimeline(const models::RunTimeline& timeline, bool isOther);
    [[nodiscard]] static KeySection keys();

Q_SIGNALS:
    void stepRequested(const models::StepId& step);
    /// A null end is still to come.
    void logsRequested(models::Instant from, models::Instant to);
    void leaveRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void connectParts();
    void settle();
    void showAll();
    void zoom(double factor, models::Instant around);
    void choose(const std::optional<TimelineRows::Place>& place);
    void chooseNext(int by);
    void chooseRow(int by);
    void tell();
    [[nodiscard]] models::Instant end() const;

    models::RunTimeline m_timeline;
    TimeWindow m_window;
    bool m_isWhole = true; ///< all of it is shown, also while it grows
    TimelineRows* m_rows;
    QScrollArea* m_scroll;
    TimeAxis* m_axis;
    TimeGestures* m_gestures;
    TextLabel* m_words;
    ActionButton* m_all;
    ActionButton* m_step;
    ActionButton* m_logs;
};

} // namespace ui
