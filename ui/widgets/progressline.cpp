// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/progressline.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QTimerEvent>

#include <algorithm>

namespace ui {

namespace {

constexpr int thickness = 4;
constexpr int frameMs = 40;

} // namespace

ProgressLine::ProgressLine(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ProgressLine::setProgress(int done, int failed, int total) {
    m_done = done;
    m_failed = failed;
    m_total = total;
    setAccessibleName(failed > 0 ? tr("%1 of %2 done, %3 failed").arg(done).arg(total).arg(failed)
                                 : tr("%1 of %2 done").arg(done).arg(total));
    setToolTip(accessibleName());
    update();
}

void ProgressLine::setActivity(Activity activity) {
    if (m_timer != 0)
        killTimer(m_timer);
    m_timer = activity == Activity::Busy ? startTimer(frameMs) : 0;
    if (activity == Activity::Busy)
        setAccessibleName(tr("Under way"));
    update();
}

QSize ProgressLine::sizeHint() const {
    return {80, thickness};
}

void ProgressLine::paint(QPainter& painter, const QRect& rect, int done, int failed, int total) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF line(rect.left(), rect.center().y() - thickness / 2 + 1, rect.width(), thickness);
    const qreal corner = thickness / 2.0;
    const auto piece = [&](qreal share, const QColor& tone) {
        painter.setBrush(tone);
        QRectF part = line;
        part.setWidth(line.width() * std::clamp(share, 0.0, 1.0));
        if (part.width() > 0)
            painter.drawRoundedRect(part, corner, corner);
    };
    piece(1, colour(Colour::Line));
    if (total > 0) {
        piece(qreal(done + failed) / total, colour(failed > 0 ? Colour::Fail : Colour::Pass));
        if (failed > 0)
            piece(qreal(done) / total, colour(Colour::Pass));
    }
    painter.restore();
}

void ProgressLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, rect(), m_done, m_failed, m_total);
    if (m_timer == 0)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Colour::Accent));
    const qreal length = width() / 4.0;
    const qreal from = (width() - length) * Theme::instance().turnDegrees() / 360.0;
    const qreal top = (height() - thickness) / 2.0;
    painter.drawRoundedRect(QRectF(from, top, length, thickness), 2, 2);
}

void ProgressLine::timerEvent(QTimerEvent* event) {
    if (event->timerId() == m_timer && !Theme::instance().reducedMotion())
        update();
}

} // namespace ui
