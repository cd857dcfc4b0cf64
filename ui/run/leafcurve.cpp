// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/leafcurve.h"

#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace ui {

namespace {

constexpr int plotHeight = 44;
constexpr qreal dot = 2.5;       ///< radius of a reading
constexpr double headroom = 0.1; ///< of the range, above and below

bool isKnown(const models::LeafCourse::Point& point) {
    return point.verdict != models::Verdict::Unknown;
}

void drawReading(QPainter& painter, const QPointF& at, models::Verdict verdict) {
    if (verdict == models::Verdict::Pass) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(Colour::Pass));
        painter.drawEllipse(at, dot, dot);
        return;
    }
    painter.setPen(QPen(colour(Colour::Fail), 1.5));
    painter.drawLine(at + QPointF(-dot, -dot), at + QPointF(dot, dot));
    painter.drawLine(at + QPointF(-dot, dot), at + QPointF(dot, -dot));
}

} // namespace

LeafCurve::LeafCurve(const models::LeafCourse& course, QWidget* parent)
    : QWidget(parent)
    , m_course(course) {
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setAccessibleName(tr("Course of %1").arg(course.expression));
    bool isFirst = true;
    for (const auto& point : m_course.points) {
        if (!isKnown(point))
            continue;
        const auto [low, high] = std::minmax(point.observed, point.limit);
        m_low = isFirst ? low : std::min(m_low, low);
        m_high = isFirst ? high : std::max(m_high, high);
        isFirst = false;
    }
    const double room = m_high > m_low ? (m_high - m_low) * headroom : 1;
    m_low -= room;
    m_high += room;
}

bool LeafCurve::isWorthwhile(const models::LeafCourse& course) {
    return std::count_if(course.points.cbegin(), course.points.cend(), isKnown) > 1;
}

QSize LeafCurve::sizeHint() const {
    return {200, plotHeight + QFontMetrics(ui::font(TextRole::Quiet)).height()};
}

QPointF LeafCurve::place(const QRectF& plot, models::Instant at, double value) const {
    const auto& points = m_course.points;
    const double whole =
        double(std::max<qint64>(1, points.last().at.nanoseconds - points.first().at.nanoseconds));
    const double across = double(at.nanoseconds - points.first().at.nanoseconds) / whole;
    const double up = (value - m_low) / (m_high - m_low);
    return {plot.left() + across * plot.width(), plot.bottom() - up * plot.height()};
}

void LeafCurve::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF plot = QRectF(0, 0, width(), plotHeight).adjusted(dot, dot, -dot, -dot);
    const auto& points = m_course.points;
    for (qsizetype i = 1; i < points.size(); ++i) {
        if (!isKnown(points[i - 1]) || !isKnown(points[i]))
            continue;
        painter.setPen(QPen(colour(Colour::Quiet), 1, Qt::DashLine));
        painter.drawLine(place(plot, points[i - 1].at, points[i - 1].limit),
                         place(plot, points[i].at, points[i].limit));
        painter.setPen(QPen(colour(Colour::Text), 1));
        painter.drawLine(place(plot, points[i - 1].at, points[i - 1].observed),
                         place(plot, points[i].at, points[i].observed));
    }
    for (const auto& point : points) {
        if (isKnown(point))
            drawReading(painter, place(plot, point.at, point.observed), point.verdict);
    }
    painter.setPen(colour(Colour::Quiet));
    painter.setFont(ui::font(TextRole::Quiet));
    const QRect words(0, plotHeight, width(), height() - plotHeight);
    painter.drawText(words, Qt::AlignLeft, formatClock(points.first().at).left(8));
    painter.drawText(words, Qt::AlignRight, formatTime(points.last().at));
    painter.drawText(words, Qt::AlignHCenter, tr("dashed: limit"));
}

} // namespace ui
