// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/health/environmentwatch.h"
#include "app/health/healthservice.h"
#include "ui/health/healthpicture.h"
#include "ui/widgets/keysection.h"
#include "ui/widgets/paletteentry.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QStackedLayout;
class QVBoxLayout;

namespace ui {

class ActionButton;
class AgeLabel;
class ElidedLabel;
class EmptyState;
class GlyphSign;
class MarkLane;
class MarkLegend;
class RangeBar;
class TextLabel;
class TimeAxis;
class TimeChart;
class TimeGestures;

/// One service over time: its charts under one another on one axis, what happened above them, and
/// one cursor through all.
class HealthPage final : public QWidget {
    Q_OBJECT

public:
    explicit HealthPage(QWidget* parent = nullptr);

    /// The services of the workspace that this one watches, until it is another; nullptr: of none.
    /// watch outlives that.
    void showWorkspace(const app::EnvironmentWatch* watch);
    /// Another one, of HealthService::services().
    void showService(const QString& environment, const QString& service);
    /// What happened beside the checks: runs and their steps, in any environment.
    void setMarks(const TimeMarks& marks);
    /// The time that charts, logs and a run point at together; null: none.
    void setCursorTime(models::Instant at);
    /// The cursor is to stand there, and the charts show that time where they do not.
    void showTime(models::Instant at);
    /// The service whose charts are shown, and its environment; empty: none.
    [[nodiscard]] const QString& environment() const { return m_environment; }
    [[nodiscard]] const QString& service() const { return m_service; }
    [[nodiscard]] models::Instant cursorTime() const { return m_cursor; }
    [[nodiscard]] const TimeWindow& window() const { return m_window; }
    [[nodiscard]] const HealthPicture& picture() const { return m_picture; }
    [[nodiscard]] PaletteEntries paletteEntries();
    [[nodiscard]] static KeySection keys();
    /// Takes in at once what was observed and the time, which otherwise wait for a second.
    void settleNow();

Q_SIGNALS:
    void cursorMoved(models::Instant at);
    /// Log lines from then to then are to be shown.
    void logsRequested(models::Instant from, models::Instant to);
    void closeRequested();
    /// A workspace is to be opened.
    void folderRequested();
    void statusMessage(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeTools();
    QWidget* makeCharts();
    void connectParts();
    void rebuild();
    void choose(int service);
    void setLength(TimeWindow::Length length);
    void follow();
    void change(const std::function<void(TimeWindow&, models::Instant)>& how);
    void settle();
    void settleWords();
    void settleMarks();
    [[nodiscard]] TimeMarks burstMarks() const;
    void moveCursor(int buckets);
    void showLogs();
    void saveCharts();
    void save(const QString& path);
    [[nodiscard]] QString pictureTitle() const;
    [[nodiscard]] const std::vector<app::HealthService::Watched>& services() const;
    [[nodiscard]] const app::HealthService::Watched* watched() const;
    [[nodiscard]] const models::ProbeHealth* probe() const;

    const app::EnvironmentWatch* m_watch = nullptr;
    app::HealthService* m_health = nullptr; ///< of the same workspace; nullptr: none is shown
    QComboBox* m_services;
    QComboBox* m_probes;
    GlyphSign* m_sign;
    TextLabel* m_state;
    AgeLabel* m_age;
    ElidedLabel* m_reason; ///< why it does not just pass
    RangeBar* m_range;
    ActionButton* m_logs;
    ElidedLabel* m_words;
    MarkLane* m_lane;
    MarkLegend* m_legend;
    QWidget* m_plots;           ///< the lane, the charts and the axis
    QList<TimeChart*> m_charts; ///< latency, phases, results
    TimeAxis* m_axis;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
    TimeGestures* m_gestures;
    QTimer m_settling;
    TimeWindow m_window;
    HealthPicture m_picture;
    TimeMarks m_marks;
    models::Instant m_cursor;
    QString m_environment; ///< with the service: what outlives a rebuild
    QString m_service;
};

} // namespace ui
