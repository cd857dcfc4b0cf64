// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/timechart.h"

#include "ui/health/tracesitem.h"
#include "ui/theme/theme.h"

#include <QGraphicsLayout>
#include <QtCharts/QChart>
#include <QtCharts/QValueAxis>

#include <cmath>

namespace ui {

namespace {

constexpr int topMargin = 24;
constexpr int bottomMargin = 6;
constexpr int pixelsToATick = 110;
constexpr qreal brushStrength = 0.18;

} // namespace

TimeChart::TimeChart(QWidget* parent)
    : QChartView(parent)
    , m_time(new QValueAxis)
    , m_values(new QValueAxis) {
    // The view's own: another one in its place would not free it.
    QChart* const made = chart();
    m_traces = new TracesItem(made);
    m_traces->setZValue(made->zValue() + 1);
    made->legend()->hide();
    made->setMargins({});
    made->layout()->setContentsMargins(0, 0, 0, 0);
    made->setBackgroundRoundness(0);
    made->setAnimationOptions(QChart::NoAnimation);
    m_time->setLabelsVisible(false);
    m_time->setTickType(QValueAxis::TicksDynamic);
    made->addAxis(m_time, Qt::AlignBottom);
    made->addAxis(m_values, Qt::AlignLeft);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setRenderHint(QPainter::TextAntialiasing);
    setViewportUpdateMode(QGraphicsView::MinimalViewportUpdate);
    setMinimumHeight(96);
    connect(&Theme::instance(), &Theme::changed, this, &TimeChart::settleColours);
    settleColours();
}

void TimeChart::settleColours() {
    chart()->setBackgroundBrush(colour(Colour::Surface));
    chart()->setBackgroundPen(Qt::NoPen);
    setBackgroundBrush(colour(Colour::Surface));
    for (QValueAxis* axis : {m_time, m_values}) {
        axis->setLinePen(QPen(colour(Colour::Line), 1));
        axis->setGridLinePen(QPen(colour(Colour::Line), 1));
        axis->setLabelsFont(ui::font(TextRole::Quiet));
        axis->setLabelsColor(colour(Colour::Quiet));
    }
}

void TimeChart::show(ChartContent content, const TimeWindow& window) {
    m_content = std::move(content);
    m_window = window;
    setAccessibleName(m_content.title);
    settle();
    viewport()->update(); // what is written in the foreground as well
}

/// The axes first, and the content last: each change of an axis lays out its labels.
void TimeChart::settle() {
    const int ticks = std::max(1, margins.room(width()) / pixelsToATick);
    m_time->setTickInterval(static_cast<qreal>(tickDistance(m_window.length(), ticks).count()));
    m_time->setRange(static_cast<qreal>(m_window.from().nanoseconds / 1'000'000),
                     static_cast<qreal>(m_window.until().nanoseconds / 1'000'000));
    const ChartScale scale = scaleFor(m_content);
    const bool isShare = m_content.unit == ChartUnit::Share;
    const bool isLong = scale.top >= 1;
    const double factor = isShare ? 100 : isLong ? 1 : 1000;
    const double step = scale.top * factor / (scale.ticks - 1);
    const int digits = step >= 1 && step == std::floor(step) ? 0 : step >= 0.1 ? 1 : 2;
    m_values->setRange(0, scale.top * factor);
    m_values->setTickCount(scale.ticks);
    m_values->setLabelFormat(QStringLiteral("%.%1f %2")
                                 .arg(digits)
                                 .arg(isShare  ? QStringLiteral("%%")
                                      : isLong ? QStringLiteral("s")
                                               : QStringLiteral("ms")));
    m_traces->show(m_content, m_window, scale.top);
}

void TimeChart::setCursorTime(models::Instant at) {
    if (at == m_cursor)
        return;
    viewport()->update(cursorRect(m_cursor));
    m_cursor = at;
    viewport()->update(cursorRect(m_cursor));
}

void TimeChart::setBrush(const std::optional<Range>& brush) {
    m_brush = brush;
    viewport()->update();
}

QRect TimeChart::cursorRect(models::Instant at) const {
    const QRectF area = chart()->plotArea();
    const double x = area.left() + m_window.shareOf(at) * area.width();
    if (at.isNull() || x < area.left() || x > area.right())
        return {};
    return {static_cast<int>(x) - 1, 0, 3, height()};
}

void TimeChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    const QRectF area(margins.left, topMargin, margins.room(width()),
                      std::max(1, height() - topMargin - bottomMargin));
    chart()->setPlotArea(area);
    m_traces->setArea(area);
    settle();
}

void TimeChart::drawNames(QPainter& painter, const QRectF& row) const {
    QRectF left = row;
    const auto draw = [&painter, &left](const QString& name, const QColor& tone) {
        painter.setPen(tone);
        painter.drawText(left, Qt::AlignRight | Qt::AlignVCenter, name);
        left.setRight(left.right() - painter.fontMetrics().horizontalAdvance(name) - space::m);
    };
    for (auto line = m_content.lines.rbegin(); line != m_content.lines.rend(); ++line) {
        if (!line->points.empty())
            draw(line->name, line->colour);
    }
    if (!m_content.range.empty())
        draw(m_content.rangeName, colour(Colour::Quiet));
}

void TimeChart::drawForeground(QPainter* painter, const QRectF&) {
    const QRectF area = chart()->plotArea();
    painter->setPen(colour(Colour::Text));
    painter->setFont(ui::font(TextRole::Quiet, Emphasis::Strong));
    painter->drawText(QRectF(area.left(), 0, area.width(), topMargin),
                      Qt::AlignLeft | Qt::AlignVCenter, m_content.title);
    painter->setFont(ui::font(TextRole::Quiet));
    drawNames(*painter, QRectF(area.left(), 0, area.width(), topMargin));
    if (m_content.isEmpty()) {
        painter->setPen(colour(Colour::Quiet));
        painter->setFont(ui::font(TextRole::Body));
        painter->drawText(area, Qt::AlignCenter | Qt::TextWordWrap, m_content.absence);
    }
    if (m_brush) {
        QColor tint = colour(Colour::Accent);
        tint.setAlphaF(static_cast<float>(brushStrength));
        const double left = area.left() + m_window.shareOf(m_brush->first) * area.width();
        const double right = area.left() + m_window.shareOf(m_brush->second) * area.width();
        painter->fillRect(QRectF(left, area.top(), right - left, area.height()) & area, tint);
    }
    if (const QRect cursor = cursorRect(m_cursor); !cursor.isNull())
        painter->fillRect(QRectF(cursor.left() + 1, area.top(), 1, area.height()),
                          colour(Colour::Text));
}

} // namespace ui
