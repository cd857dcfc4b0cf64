// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeaxis.h"

#include "ui/theme/theme.h"
#include "ui/widgets/timeformat.h"

#include <QPainter>

namespace ui {

namespace {

constexpr int pixelsToALabel = 110;

/// Short where the whole axis is of one day.
QString tickWords(models::Instant at, std::chrono::milliseconds distance) {
    const QDateTime shown = shownTime(at);
    using namespace std::chrono_literals;
    if (distance >= 24h)
        return shown.toString(QStringLiteral("MM-dd"));
    if (shown.time() == QTime(0, 0))
        return shown.toString(QStringLiteral("MM-dd HH:mm"));
    return shown.toString(distance < 1min ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

} // namespace

TimeAxis::TimeAxis(PlotMargins margins, QWidget* parent)
    : QWidget(parent)
    , m_margins(margins) {
    setFixedHeight(QFontMetrics(ui::font(TextRole::Quiet)).height() + space::s);
    setAccessibleName(tr("Time"));
}

void TimeAxis::show(const TimeWindow& window) {
    m_window = window;
    setAccessibleDescription(
        tr("%1 to %2").arg(formatDateTime(window.from()), formatDateTime(window.until())));
    update();
}

void TimeAxis::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colour(Colour::Surface));
    painter.setFont(ui::font(TextRole::Quiet));
    painter.setPen(colour(Colour::Quiet));
    painter.drawText(QRect(0, 0, m_margins.left - space::s, height()),
                     Qt::AlignRight | Qt::AlignVCenter, zoneName(m_window.until()));
    const int room = m_margins.room(width());
    const auto distance = tickDistance(m_window.length(), std::max(1, room / pixelsToALabel));
    const std::int64_t step = std::chrono::nanoseconds(distance).count();
    for (std::int64_t tick = (m_window.from().nanoseconds / step + 1) * step;
         tick <= m_window.until().nanoseconds; tick += step) {
        const int x = static_cast<int>(m_margins.xOf({tick}, m_window, width()));
        const QString words = tickWords({tick}, distance);
        const int half = painter.fontMetrics().horizontalAdvance(words) / 2 + 1;
        // The zone stands where the first label would begin; the last one must not be cut off.
        if (x - half < m_margins.left || x + half > width())
            continue;
        painter.drawText(QRect(x - pixelsToALabel / 2, 0, pixelsToALabel, height()),
                         Qt::AlignCenter, words);
    }
}

} // namespace ui
