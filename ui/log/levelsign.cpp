// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/log/levelsign.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>

namespace ui {

namespace {

using models::LogLevel;

struct LevelWords {
    Q_DECLARE_TR_FUNCTIONS(ui::LevelWords)
};

enum class Fill { Filled, Open };

Fill fillOf(LogLevel level) {
    return level >= LogLevel::Warning ? Fill::Filled : Fill::Open;
}

QPainterPath octagon(const QRectF& box) {
    const qreal cut = box.width() * 0.3;
    QPolygonF corners;
    corners << box.topLeft() + QPointF(cut, 0) << box.topRight() - QPointF(cut, 0)
            << box.topRight() + QPointF(0, cut) << box.bottomRight() - QPointF(0, cut)
            << box.bottomRight() - QPointF(cut, 0) << box.bottomLeft() + QPointF(cut, 0)
            << box.bottomLeft() - QPointF(0, cut) << box.topLeft() + QPointF(0, cut);
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

QPainterPath shapeOf(const QRectF& box, LogLevel level) {
    QPainterPath path;
    switch (level) {
    case LogLevel::None:
        break;
    case LogLevel::Trace:
        path.moveTo(box.left(), box.center().y());
        path.lineTo(box.right(), box.center().y());
        break;
    case LogLevel::Debug:
        path.addEllipse(box.adjusted(2, 2, -2, -2));
        break;
    case LogLevel::Info:
        path.addEllipse(box);
        break;
    case LogLevel::Notice:
        path.addRect(box.adjusted(1, 1, -1, -1));
        break;
    case LogLevel::Warning:
        path.moveTo(box.center().x(), box.top());
        path.lineTo(box.bottomRight());
        path.lineTo(box.bottomLeft());
        path.closeSubpath();
        break;
    case LogLevel::Error:
        path = octagon(box);
        break;
    case LogLevel::Fatal:
        path.addRect(box);
        break;
    }
    return path;
}

} // namespace

void paintLevel(QPainter& painter, const QRectF& rect, LogLevel level) {
    if (level == LogLevel::None)
        return;
    const QPainterPath shape = shapeOf(rect.adjusted(0.5, 0.5, -0.5, -0.5), level);
    const QColor tone = colour(levelTone(level));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tone, 1.2));
    painter.setBrush(fillOf(level) == Fill::Filled ? QBrush(tone) : QBrush(Qt::NoBrush));
    painter.drawPath(shape);
    painter.restore();
}

Colour levelTone(LogLevel level) {
    switch (level) {
    case LogLevel::None:
    case LogLevel::Trace:
    case LogLevel::Debug:
        return Colour::Quiet;
    case LogLevel::Info:
    case LogLevel::Notice:
        return Colour::Accent;
    case LogLevel::Warning:
        return Colour::Warn;
    case LogLevel::Error:
    case LogLevel::Fatal:
        return Colour::Fail;
    }
    return Colour::Quiet;
}

QString levelWord(LogLevel level) {
    switch (level) {
    case LogLevel::None:
        return LevelWords::tr("No level");
    case LogLevel::Trace:
        return LevelWords::tr("Trace");
    case LogLevel::Debug:
        return LevelWords::tr("Debug");
    case LogLevel::Info:
        return LevelWords::tr("Info");
    case LogLevel::Notice:
        return LevelWords::tr("Notice");
    case LogLevel::Warning:
        return LevelWords::tr("Warning");
    case LogLevel::Error:
        return LevelWords::tr("Error");
    case LogLevel::Fatal:
        return LevelWords::tr("Fatal");
    }
    return {};
}

} // namespace ui
