// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/timechart.h"

#include "ui/health/tracesitem.h"
#include "ui/theme/theme.h"
#include "ui/widgets/healthwords.h"

#include <QGraphicsLayout>
#include <QtCharts/QChart>
#include <QtCharts/QValueAxis>

#include <algorithm>
#include <functional>

namespace ui {

namespace {

constexpr int topMargin = 24;
constexpr int bottomMargin = 6;
constexpr int pixelsToATick = 110;
constexpr qreal brushStrength = 0.18;

QString limitWords(double seconds) {
    return TimeChart::tr("limit %1").arg(latencyWords(seconds));
}

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
    m_values->setLabelsVisible(false); // it leaves of them what its own layout has room for
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
    m_values->setRange(0, scale.top);
    m_values->setTickCount(scale.ticks);
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

/// Beside the plot, as many as have room above one another.
void TimeChart::drawValues(QPainter& painter, const QRectF& area) const {
    const QStringList words = tickWords(scaleFor(m_content), m_content.unit);
    const double distance = area.height() / (static_cast<double>(words.size()) - 1);
    const double height = painter.fontMetrics().height();
    const int every = distance < height ? static_cast<int>(words.size()) - 1 : 1;
    painter.setPen(colour(Colour::Quiet));
    for (int tick = 0; tick < words.size(); tick += every) {
        const double y = area.bottom() - tick * distance - height / 2;
        // The one at the ground stands within the chart.
        const QRectF row(0, std::min(y, this->height() - height), area.left() - space::s, height);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, words[tick]);
    }
}

/// Each limit that is drawn says what it is; of two that stand close, the upper one.
void TimeChart::drawLimits(QPainter& painter, const QRectF& area) const {
    const double height = painter.fontMetrics().height();
    const double top = scaleFor(m_content).top;
    QList<double> seconds;
    for (const models::LatencyLimit& limit : m_content.limits) {
        if (limit.seconds <= top && !seconds.contains(limit.seconds))
            seconds.append(limit.seconds);
    }
    std::sort(seconds.begin(), seconds.end(), std::greater<>());
    double free = area.top();
    painter.setPen(colour(Colour::Fail));
    for (const double limit : std::as_const(seconds)) {
        const double line = area.bottom() - limit / top * area.height();
        const double y =
            line - height >= free ? line - height : line; // above it where there is room
        if (y < free || y + height > area.bottom())
            continue;
        painter.drawText(QRectF(area.left() + space::s, y, area.width() - space::m, height),
                         Qt::AlignLeft | Qt::AlignVCenter, limitWords(limit));
        free = y + height;
    }
}

/// Over all lines, on ground of its own: no line runs through the words.
void TimeChart::drawAbsence(QPainter& painter, const QRectF& area) const {
    constexpr int flags = Qt::AlignCenter | Qt::TextWordWrap;
    painter.setPen(colour(Colour::Quiet));
    painter.setFont(ui::font(TextRole::Body));
    const QRectF words = painter.boundingRect(area, flags, m_content.absence);
    painter.fillRect(words.adjusted(-space::s, 0, space::s, 0) & area, colour(Colour::Surface));
    painter.drawText(area, flags, m_content.absence);
}

void TimeChart::drawForeground(QPainter* painter, const QRectF&) {
    const QRectF area = chart()->plotArea();
    painter->setPen(colour(Colour::Text));
    painter->setFont(ui::font(TextRole::Quiet, Emphasis::Strong));
    painter->drawText(QRectF(area.left(), 0, area.width(), topMargin),
                      Qt::AlignLeft | Qt::AlignVCenter, m_content.title);
    painter->setFont(ui::font(TextRole::Quiet));
    drawNames(*painter, QRectF(area.left(), 0, area.width(), topMargin));
    drawValues(*painter, area);
    drawLimits(*painter, area);
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
    if (m_content.isEmpty())
        drawAbsence(*painter, area);
}

} // namespace ui
