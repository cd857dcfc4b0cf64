// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timegestures.h"

#include <QApplication>
#include <QMouseEvent>
#include <QWheelEvent>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr double zoomOfANotch = 1.25;
constexpr double notch = 120; ///< eighths of a degree
constexpr double panOfANotch = 0.1;

} // namespace

TimeGestures::TimeGestures(PlotMargins margins, QObject* parent)
    : QObject(parent)
    , m_margins(margins) {}

void TimeGestures::watch(QWidget& surface) {
    surface.setMouseTracking(true);
    surface.installEventFilter(this);
}

double TimeGestures::shareAt(const QWidget& surface, double x) const {
    return m_margins.shareAt(x, surface.width());
}

bool TimeGestures::eventFilter(QObject* watched, QEvent* event) {
    const auto& surface = *static_cast<QWidget*>(watched);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(*static_cast<QMouseEvent*>(event), surface);
        return false;
    case QEvent::MouseMove:
        move(*static_cast<QMouseEvent*>(event), surface);
        return false;
    case QEvent::MouseButtonRelease:
        release(*static_cast<QMouseEvent*>(event), surface);
        return false;
    case QEvent::Wheel:
        wheel(*static_cast<QWheelEvent*>(event), surface);
        return true;
    case QEvent::Leave:
        Q_EMIT left();
        return false;
    default:
        return false;
    }
}

void TimeGestures::press(const QMouseEvent& event, const QWidget& surface) {
    const bool isPan =
        event.button() == Qt::MiddleButton ||
        (event.button() == Qt::LeftButton && event.modifiers().testFlag(Qt::ShiftModifier));
    if (!isPan && event.button() != Qt::LeftButton)
        return;
    m_drag = isPan ? Drag::Panning : Drag::Pressed;
    m_from = event.pos();
    m_anchor = m_window.timeOf(shareAt(surface, event.position().x()));
}

void TimeGestures::move(const QMouseEvent& event, const QWidget& surface) {
    const double share = shareAt(surface, event.position().x());
    const models::Instant here = m_window.timeOf(share);
    Q_EMIT pointed(here);
    if (m_drag == Drag::Panning) {
        const double by = shareAt(surface, m_from.x()) - share;
        m_from = event.pos();
        if (by != 0)
            Q_EMIT panned(by);
        return;
    }
    const int distance = std::abs(event.pos().x() - m_from.x());
    if (m_drag == Drag::Pressed && distance >= QApplication::startDragDistance())
        m_drag = Drag::Brushing;
    if (m_drag == Drag::Brushing)
        Q_EMIT brushing(std::min(m_anchor, here), std::max(m_anchor, here));
}

void TimeGestures::release(const QMouseEvent& event, const QWidget& surface) {
    const models::Instant here = m_window.timeOf(shareAt(surface, event.position().x()));
    switch (std::exchange(m_drag, Drag::None)) {
    case Drag::Pressed:
        Q_EMIT clicked(here);
        break;
    case Drag::Brushing:
        Q_EMIT brushed(std::min(m_anchor, here), std::max(m_anchor, here));
        break;
    case Drag::None:
    case Drag::Panning:
        break;
    }
}

void TimeGestures::wheel(const QWheelEvent& event, const QWidget& surface) {
    const QPoint turned = event.angleDelta();
    if (event.modifiers().testFlag(Qt::ShiftModifier) ||
        std::abs(turned.x()) > std::abs(turned.y())) {
        const int by = turned.x() != 0 ? turned.x() : turned.y();
        Q_EMIT panned(-panOfANotch * by / notch);
        return;
    }
    if (turned.y() != 0)
        Q_EMIT zoomed(std::pow(zoomOfANotch, -turned.y() / notch),
                      m_window.timeOf(shareAt(surface, event.position().x())));
}

} // namespace ui
