// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/timelinerows.h"

#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {

namespace {

constexpr int rowHeight = 26;
constexpr int curveHeight = 72;
constexpr int curveMargin = 10;
constexpr int momentSize = 12;
constexpr int reach = 4; ///< px beside a span in which it is meant
constexpr double leastWidth = 3;
constexpr double dot = 0.1; ///< px

Colour toneOf(const std::optional<models::Verdict>& verdict) {
    return verdict ? verdictTone(*verdict) : Colour::Quiet;
}

/// What is worse stands higher.
int heightOf(const std::optional<models::Verdict>& verdict) {
    if (!verdict)
        return 2;
    switch (*verdict) {
    case models::Verdict::Pass:
        return 6;
    case models::Verdict::Unknown:
        return 10;
    case models::Verdict::Fail:
        return 16;
    }
    return 2;
}

} // namespace

TimelineRows::TimelineRows(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("timelineRows"));
    setAccessibleName(tr("Timeline"));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimelineRows::show(const models::RunTimeline& timeline, const TimeWindow& window) {
    m_timeline = timeline;
    m_window = window;
    if (!chosenSpan())
        m_chosen.reset();
    setFixedHeight(sizeHint().height());
    update();
}

void TimelineRows::setCursorTime(models::Instant at) {
    if (at == m_cursor)
        return;
    m_cursor = at;
    update();
}

void TimelineRows::choose(const std::optional<Place>& place) {
    m_chosen = place;
    update();
}

const models::TimelineSpan* TimelineRows::chosenSpan() const {
    if (!m_chosen || m_chosen->row >= m_timeline.rows.size())
        return nullptr;
    const QList<models::TimelineSpan>& spans = m_timeline.rows[m_chosen->row].spans;
    return m_chosen->span < spans.size() ? &spans[m_chosen->span] : nullptr;
}

std::optional<TimelineRows::Place> TimelineRows::placeAt(const QPoint& position) const {
    const qsizetype row = position.y() / rowHeight;
    if (position.y() < 0 || row >= m_timeline.rows.size())
        return std::nullopt;
    std::optional<Place> found;
    double narrowest = width();
    const QList<models::TimelineSpan>& spans = m_timeline.rows[row].spans;
    for (qsizetype i = 0; i < spans.size(); ++i) {
        const QRectF rect = rectOf(spans[i], middleOf(row)).adjusted(-reach, 0, reach, 0);
        if (position.x() < rect.left() || position.x() > rect.right() || rect.width() > narrowest)
            continue;
        narrowest = rect.width();
        found = Place{row, i};
    }
    return found;
}

std::optional<TimelineRows::Place> TimelineRows::takePressed() {
    return std::exchange(m_pressed, std::nullopt);
}

void TimelineRows::mousePressEvent(QMouseEvent* event) {
    m_pressed = placeAt(event->pos());
}

int TimelineRows::middleOf(qsizetype row) const {
    return static_cast<int>(row) * rowHeight + rowHeight / 2;
}

QSize TimelineRows::sizeHint() const {
    return {margins.left * 3, static_cast<int>(m_timeline.rows.size()) * rowHeight +
                                  static_cast<int>(m_timeline.curves.size()) * curveHeight};
}

double TimelineRows::xOf(models::Instant at) const {
    return margins.xOf(at, m_window, width());
}

models::Instant TimelineRows::endOf(const models::TimelineSpan& span) const {
    return span.to.isNull() ? m_timeline.to : span.to;
}

QRectF TimelineRows::rectOf(const models::TimelineSpan& span, int middle) const {
    const double from = xOf(span.from);
    if (span.from == span.to)
        return {from - momentSize / 2., middle - momentSize / 2., momentSize, momentSize};
    const int height = heightOf(span.verdict);
    return {from, middle - height / 2., std::max(leastWidth, xOf(endOf(span)) - from),
            static_cast<qreal>(height)};
}

void TimelineRows::paintName(QPainter& painter, const QString& name, int middle) const {
    const QRect place(space::m, middle - rowHeight / 2, margins.left - 2 * space::m, rowHeight);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, place.width()));
}

void TimelineRows::paintSpan(QPainter& painter, const models::TimelineSpan& span, int middle,
                             Glyph moment) const {
    const QColor tone = colour(toneOf(span.verdict));
    const QRectF rect = rectOf(span, middle);
    if (span.from == span.to) {
        paintGlyph(painter, rect, span.verdict ? verdictGlyph(*span.verdict) : moment, tone);
    } else if (span.verdict == models::Verdict::Unknown) {
        painter.fillRect(rect, QBrush(tone, Qt::BDiagPattern));
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), tone);
    } else {
        painter.fillRect(rect, tone);
    }
}

void TimelineRows::paintRow(QPainter& painter, qsizetype row) const {
    const models::TimelineRow& shown = m_timeline.rows[row];
    const int middle = middleOf(row);
    if (row > 0 && shown.lane != m_timeline.rows[row - 1].lane)
        painter.fillRect(QRect(0, middle - rowHeight / 2, width(), 1), colour(Colour::Line));
    painter.setPen(colour(Colour::Text));
    paintName(painter, shown.name, middle);
    painter.save();
    painter.setClipRect(QRect(margins.left - momentSize / 2, middle - rowHeight / 2,
                              margins.room(width()) + momentSize, rowHeight));
    const Glyph moment =
        shown.lane == models::TimelineLane::Version ? Glyph::Deploy : Glyph::Manual;
    for (const models::TimelineSpan& span : shown.spans)
        paintSpan(painter, span, middle, moment);
    if (m_chosen && m_chosen->row == row) {
        if (const models::TimelineSpan* span = chosenSpan()) {
            painter.setPen(QPen(colour(Colour::Accent), 2));
            painter.drawRoundedRect(rectOf(*span, middle).adjusted(-3, -3, 3, 3), radius::control,
                                    radius::control);
        }
    }
    painter.restore();
}

/// From 0 to its highest value, which is told.
void TimelineRows::paintCurve(QPainter& painter, const models::TimelineCurve& curve,
                              int top) const {
    const double highest = curve.highest();
    const int middle = top + curveHeight / 2;
    painter.fillRect(QRect(0, top, width(), 1), colour(Colour::Line));
    painter.setPen(colour(Colour::Text));
    paintName(painter, curve.name, middle - space::s);
    painter.setPen(colour(Colour::Quiet));
    const std::chrono::milliseconds most(static_cast<std::int64_t>(std::ceil(highest * 1e3)));
    paintName(painter, tr("highest %1").arg(formatDuration(most)), middle + space::s);
    QPainterPath path;
    for (const models::TracePoint& point : curve.points) {
        const double share = highest > 0 ? point.value / highest : 0;
        const QPointF at(xOf(point.at),
                         top + curveHeight - curveMargin - share * (curveHeight - 2 * curveMargin));
        if (point.begins || path.elementCount() == 0)
            path.moveTo(at);
        path.lineTo(at + QPointF(dot, 0)); // of one that stands alone, a dot
    }
    painter.save();
    painter.setClipRect(QRect(margins.left, top, margins.room(width()), curveHeight));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(Colour::Accent), 1.5, Qt::SolidLine, Qt::RoundCap));
    painter.drawPath(path);
    painter.restore();
}

void TimelineRows::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.setFont(ui::font(TextRole::Quiet));
    for (qsizetype row = 0; row < m_timeline.rows.size(); ++row)
        paintRow(painter, row);
    int top = static_cast<int>(m_timeline.rows.size()) * rowHeight;
    for (const models::TimelineCurve& curve : std::as_const(m_timeline.curves)) {
        paintCurve(painter, curve, top);
        top += curveHeight;
    }
    const double x = xOf(m_cursor);
    if (!m_cursor.isNull() && x >= margins.left && x <= width() - margins.right)
        painter.fillRect(QRectF(std::floor(x), 0, 1, height()), colour(Colour::Text));
}

} // namespace ui
