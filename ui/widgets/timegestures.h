// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plotmargins.h"

#include <QObject>
#include <QPoint>

class QMouseEvent;
class QWheelEvent;
class QWidget;

namespace ui {

/// What the pointer does over any of the surfaces that share an axis of time: it points, zooms with
/// the wheel, brushes a range by dragging, and pans with Shift or the middle button.
class TimeGestures final : public QObject {
    Q_OBJECT

public:
    explicit TimeGestures(PlotMargins margins, QObject* parent = nullptr);

    /// The surface outlives none of it; its plot has these margins.
    void watch(QWidget& surface);
    void setWindow(const TimeWindow& window) { m_window = window; }

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void pointed(models::Instant at);
    void left();
    void clicked(models::Instant at);
    void zoomed(double factor, models::Instant around);
    /// By a share of the window, later where it is positive.
    void panned(double share);
    void brushing(models::Instant from, models::Instant to);
    void brushed(models::Instant from, models::Instant to);

private:
    enum class Drag { None, Pressed, Brushing, Panning };

    [[nodiscard]] double shareAt(const QWidget& surface, double x) const;
    void press(const QMouseEvent& event, const QWidget& surface);
    void move(const QMouseEvent& event, const QWidget& surface);
    void release(const QMouseEvent& event, const QWidget& surface);
    void wheel(const QWheelEvent& event, const QWidget& surface);

    PlotMargins m_margins;
    TimeWindow m_window;
    Drag m_drag = Drag::None;
    QPoint m_from;
    models::Instant m_anchor;
};

} // namespace ui
