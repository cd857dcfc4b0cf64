// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/tracesitem.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace ui {

namespace {

constexpr qreal limitStrength = 0.10;
constexpr qreal rangeStrength = 0.22;
constexpr double dotSize = 3;
constexpr double leastColumn = 2;

QColor tinted(Colour tone, qreal strength) {
    QColor tint = colour(tone);
    tint.setAlphaF(static_cast<float>(strength));
    return tint;
}

} // namespace

void TracesItem::show(const ChartContent& content, const TimeWindow& window, double top) {
    m_content = &content;
    m_window = window;
    m_top = top;
    update();
}

void TracesItem::setArea(const QRectF& area) {
    if (area == m_area)
        return;
    prepareGeometryChange();
    m_area = area;
}

double TracesItem::xOf(models::Instant at) const {
    return m_area.left() + m_window.shareOf(at) * m_area.width();
}

double TracesItem::yOf(double value) const {
    return m_area.bottom() - std::clamp(value / m_top, 0.0, 1.0) * m_area.height();
}

void TracesItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (m_content == nullptr)
        return;
    painter->save();
    painter->setClipRect(m_area);
    painter->setRenderHint(QPainter::Antialiasing, false);
    paintLimits(*painter);
    paintColumns(*painter);
    paintRange(*painter);
    for (const ChartLine& line : m_content->lines)
        paintLine(*painter, line);
    painter->restore();
}

void TracesItem::paintLimits(QPainter& painter) const {
    for (const models::LatencyLimit& limit : m_content->limits) {
        const double y = yOf(limit.seconds);
        if (limit.seconds > m_top)
            continue;
        painter.fillRect(QRectF(m_area.topLeft(), QPointF(m_area.right(), y)),
                         tinted(Colour::Fail, limitStrength));
        painter.setPen(QPen(tinted(Colour::Fail, 0.6), 1, Qt::DashLine));
        painter.drawLine(QPointF(m_area.left(), y), QPointF(m_area.right(), y));
    }
}

/// Failures stand on the ground and hang as high as they are many, what is not known is hatched
/// above them; what passed is left calm.
void TracesItem::paintColumns(QPainter& painter) const {
    for (const ChartColumn& column : m_content->columns) {
        const double left = xOf(column.first);
        const double width = std::max(leastColumn, xOf(column.last) - left);
        double bottom = m_area.bottom();
        const auto part = [&](double share, const QBrush& brush) {
            const double tall = share * m_area.height();
            if (tall > 0)
                painter.fillRect(QRectF(left, bottom - tall, width, tall), brush);
            bottom -= tall;
        };
        part(column.failed, colour(Colour::Fail));
        part(column.unknown, QBrush(colour(Colour::Unknown), Qt::BDiagPattern));
        part(column.passed, tinted(Colour::Pass, rangeStrength));
    }
}

void TracesItem::paintRange(QPainter& painter) const {
    const auto& range = m_content->range;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tinted(Colour::Accent, rangeStrength));
    for (std::size_t first = 0; first < range.size();) {
        std::size_t end = first + 1;
        while (end < range.size() && !range[end].begins)
            ++end;
        QPolygonF piece;
        for (std::size_t i = first; i < end; ++i)
            piece.append({xOf(range[i].at), yOf(range[i].most)});
        for (std::size_t i = end; i > first; --i)
            piece.append({xOf(range[i - 1].at), yOf(range[i - 1].least)});
        if (end - first == 1)
            painter.fillRect(QRectF(piece[0].x() - 1, piece[0].y(), 2, piece[1].y() - piece[0].y()),
                             painter.brush());
        else
            painter.drawPolygon(piece);
        first = end;
    }
}

/// Single lines, of one pixel: a wider polyline takes a hundred times as long.
void TracesItem::paintLine(QPainter& painter, const ChartLine& line) const {
    QList<QLineF> pieces;
    pieces.reserve(static_cast<qsizetype>(line.points.size()));
    QPointF before;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
        const models::TracePoint& point = line.points[i];
        const QPointF here(xOf(point.at), yOf(point.value));
        const bool isAlone =
            point.begins && (i + 1 == line.points.size() || line.points[i + 1].begins);
        if (isAlone)
            painter.fillRect(
                QRectF(here.x() - dotSize / 2, here.y() - dotSize / 2, dotSize, dotSize),
                line.colour);
        else if (!point.begins)
            pieces.append(QLineF(before, here));
        before = here;
    }
    painter.setPen(QPen(line.colour, 1));
    painter.drawLines(pieces);
}

} // namespace ui
