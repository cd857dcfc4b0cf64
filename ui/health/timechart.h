// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/health/chartcontent.h"
#include "ui/widgets/plotmargins.h"

#include <QtCharts/QChartView>

#include <optional>
#include <utility>

class QValueAxis;

namespace ui {

class TracesItem;

/// One chart of several that share an axis of time. Its plot begins and ends where those of the
/// others do.
class TimeChart final : public QChartView {
    Q_OBJECT

public:
    static constexpr PlotMargins margins{76, 16}; ///< on the left stand the values
    using Range = std::pair<models::Instant, models::Instant>;

    explicit TimeChart(QWidget* parent = nullptr);

    void show(ChartContent content, const TimeWindow& window);
    /// The time that all charts point at; null: none.
    void setCursorTime(models::Instant at);
    /// What is being drawn over by the pointer.
    void setBrush(const std::optional<Range>& brush);

    [[nodiscard]] const ChartContent& content() const { return m_content; }
    using QChartView::show;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    void settle();
    void settleColours();
    /// The names of the lines in their colours, at the right.
    void drawNames(QPainter& painter, const QRectF& row) const;
    void drawValues(QPainter& painter, const QRectF& area) const;
    void drawLimits(QPainter& painter, const QRectF& area) const;
    void drawAbsence(QPainter& painter, const QRectF& area) const;
    [[nodiscard]] QRect cursorRect(models::Instant at) const;

    ChartContent m_content;
    TimeWindow m_window;
    QValueAxis* m_time;
    QValueAxis* m_values;
    TracesItem* m_traces;
    models::Instant m_cursor;
    std::optional<Range> m_brush;
};

} // namespace ui
