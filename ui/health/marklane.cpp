// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/health/marklane.h"

#include "ui/health/timechart.h"
#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"

#include <QPainter>

#include <cmath>

namespace ui {

namespace {

constexpr int laneHeight = 26;
constexpr int signSize = 14;
constexpr int reach = 6; ///< px beside a mark in which it is meant
constexpr int mostMarks = 3;
constexpr qreal spanStrength = 0.18;

} // namespace

MarkLane::MarkLane(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("markLane"));
    setAccessibleName(tr("What happened"));
    setFixedHeight(laneHeight);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MarkLane::show(const TimeMarks& marks, const TimeWindow& window) {
    m_marks = marks;
    m_window = window;
    update();
}

void MarkLane::setCursorTime(models::Instant at) {
    m_cursor = at;
    update();
}

double MarkLane::xOf(models::Instant at) const {
    return TimeChart::margins.xOf(at, m_window, width());
}

QStringList MarkLane::wordsAt(models::Instant at) const {
    QStringList words;
    for (const TimeMark& mark : m_marks) {
        const bool isIn = !mark.until.isNull() && mark.at <= at && at <= mark.until;
        const bool isNear = std::abs(xOf(mark.at) - xOf(at)) <= reach;
        if ((isIn || isNear) && words.size() < mostMarks)
            words.append(tr("%1: %2").arg(formatTime(mark.at), mark.words));
    }
    return words;
}

void MarkLane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(colour(Colour::Quiet));
    painter.drawText(QRect(0, 0, TimeChart::margins.left - space::s, height()),
                     Qt::AlignRight | Qt::AlignVCenter, tr("Events"));
    const QRect lane(TimeChart::margins.left, 0, TimeChart::margins.room(width()), height());
    painter.setClipRect(lane.adjusted(-signSize / 2, 0, signSize / 2, 0));
    for (const TimeMark& mark : std::as_const(m_marks)) {
        const double x = xOf(mark.at);
        if (!mark.until.isNull()) {
            QColor tint = colour(mark.tone);
            tint.setAlphaF(static_cast<float>(spanStrength));
            painter.fillRect(QRectF(x, 0, xOf(mark.until) - x, height()) & QRectF(lane), tint);
        }
        if (x >= lane.left() - 1 && x <= lane.right() + 1)
            paintGlyph(painter,
                       QRect(static_cast<int>(x) - signSize / 2, (height() - signSize) / 2,
                             signSize, signSize),
                       mark.glyph, colour(mark.tone));
    }
    if (const double x = xOf(m_cursor); !m_cursor.isNull() && x >= lane.left() && x <= lane.right())
        painter.fillRect(QRectF(std::floor(x), 0, 1, height()), colour(Colour::Text));
}

} // namespace ui
