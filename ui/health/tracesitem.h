// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/health/chartcontent.h"
#include "ui/widgets/timewindow.h"

#include <QGraphicsItem>
#include <QLineF>

namespace ui {

/// Draws the content of a chart into its plot area. A QLineSeries strokes its whole path for the
/// pointer at each change, and cannot end a line at a gap.
class TracesItem final : public QGraphicsItem {
public:
    using QGraphicsItem::QGraphicsItem;

    /// content outlives it; after a change of it, too.
    void show(const ChartContent& content, const TimeWindow& window, double top);
    void setArea(const QRectF& area);

    [[nodiscard]] QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    [[nodiscard]] double xOf(models::Instant at) const;
    [[nodiscard]] double yOf(double value) const;
    void paintLimits(QPainter& painter) const;
    void paintColumns(QPainter& painter) const;
    void paintRange(QPainter& painter) const;
    void paintLine(QPainter& painter, const ChartLine& line) const;

    QRectF m_area;
    const ChartContent* m_content = nullptr;
    TimeWindow m_window;
    double m_top = 1;
};

} // namespace ui
