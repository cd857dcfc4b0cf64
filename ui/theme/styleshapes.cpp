// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/styleshapes.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QWidget>

#include <algorithm>

namespace ui::shapes {

namespace {

constexpr int focusWidth = 2;
constexpr qreal pressedStrength = 0.12;
constexpr qreal hoverStrength = 0.07;

bool is(const QStyleOption& option, QStyle::StateFlag flag) {
    return option.state.testFlag(flag);
}

class Saved {
public:
    explicit Saved(QPainter& painter)
        : m_painter(painter) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Saved() { m_painter.restore(); }
    Q_DISABLE_COPY_MOVE(Saved)

private:
    QPainter& m_painter;
};

/// A rounded rectangle whose outline falls on whole pixels.
void rounded(QPainter& painter, const QRect& rect, int corner, const QColor& fill,
             const QColor& line, int width = 1) {
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter.setPen(line.isValid() ? QPen(line, width) : QPen(Qt::NoPen));
    const qreal inset = line.isValid() ? width / 2.0 : 0;
    const QRectF inner = QRectF(rect).adjusted(inset, inset, -inset, -inset);
    painter.drawRoundedRect(inner, corner, corner);
}

/// down is 1, or -1 for a chevron that points up.
void chevron(QPainter& painter, const QRect& rect, const QColor& tint, int down) {
    const Saved saved(painter);
    painter.setPen(QPen(tint, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const QPointF middle = QRectF(rect).center();
    QPainterPath path(middle + QPointF(-3.5, -1.75 * down));
    path.lineTo(middle + QPointF(0, 1.75 * down));
    path.lineTo(middle + QPointF(3.5, -1.75 * down));
    painter.drawPath(path);
}

QColor reacting(const QColor& ground, const QStyleOption& option) {
    if (is(option, QStyle::State_Sunken))
        return blend(ground, colour(Colour::Text), pressedStrength);
    if (is(option, QStyle::State_MouseOver) && is(option, QStyle::State_Enabled))
        return blend(ground, colour(Colour::Text), hoverStrength);
    return ground;
}

} // namespace

ButtonKind buttonKind(const QWidget* widget) {
    if (widget == nullptr)
        return ButtonKind::Plain;
    return static_cast<ButtonKind>(widget->property(buttonKindProperty).toInt());
}

QColor buttonText(const QStyleOption& option, ButtonKind kind) {
    if (!is(option, QStyle::State_Enabled))
        return option.palette.color(QPalette::Disabled, QPalette::ButtonText);
    switch (kind) {
    case ButtonKind::Plain:
        return colour(Colour::Text);
    case ButtonKind::Filled:
        return colour(Colour::OnAccent);
    case ButtonKind::Quiet:
        return colour(Colour::Text);
    case ButtonKind::Danger:
        return colour(Colour::Fail);
    }
    return colour(Colour::Text);
}

void pushButton(QPainter& painter, const QStyleOption& option, ButtonKind kind) {
    const Saved saved(painter);
    const bool enabled = is(option, QStyle::State_Enabled);
    const bool on = is(option, QStyle::State_On);
    QColor fill = colour(Colour::Surface);
    QColor line = colour(Colour::Line);
    if (kind == ButtonKind::Filled && enabled) {
        fill = colour(Colour::Accent);
        line = QColor();
    } else if (kind == ButtonKind::Danger && enabled) {
        line = colour(Colour::Fail);
    } else if (kind == ButtonKind::Quiet) {
        line = QColor();
        fill = on ? colour(Colour::Selection) : QColor();
    }
    if (!enabled && kind != ButtonKind::Quiet)
        fill = colour(Colour::Window);
    if (on && kind == ButtonKind::Plain)
        fill = colour(Colour::Selection);
    const bool moving = is(option, QStyle::State_MouseOver) || is(option, QStyle::State_Sunken);
    if (enabled && moving)
        fill = reacting(fill.isValid() ? fill : colour(Colour::Window), option);
    rounded(painter, option.rect, radius::control, fill, line);
    if (!is(option, QStyle::State_HasFocus))
        return;
    if (kind == ButtonKind::Filled) {
        // An accent ring on an accent fill would not show: leave a gap between them.
        rounded(painter, option.rect, radius::control, colour(Colour::Accent), QColor());
        rounded(painter, option.rect.adjusted(2, 2, -2, -2), radius::control - 1, QColor(),
                colour(Colour::OnAccent));
    } else {
        focusRing(painter, option.rect);
    }
}

void toolButton(QPainter& painter, const QStyleOption& option) {
    const Saved saved(painter);
    const bool on = is(option, QStyle::State_On);
    const bool moving = is(option, QStyle::State_MouseOver) || is(option, QStyle::State_Sunken);
    QColor fill = on ? colour(Colour::Selection) : QColor();
    if (is(option, QStyle::State_Enabled) && moving)
        fill = reacting(on ? fill : colour(Colour::Window), option);
    rounded(painter, option.rect, radius::control, fill, QColor());
    if (is(option, QStyle::State_HasFocus))
        focusRing(painter, option.rect);
}

void field(QPainter& painter, const QStyleOption& option) {
    const Saved saved(painter);
    const bool enabled = is(option, QStyle::State_Enabled);
    rounded(painter, option.rect, radius::control,
            colour(enabled ? Colour::Surface : Colour::Window), colour(Colour::Line));
    if (is(option, QStyle::State_HasFocus))
        focusRing(painter, option.rect);
}

void checkBox(QPainter& painter, const QStyleOption& option) {
    const Saved saved(painter);
    const bool enabled = is(option, QStyle::State_Enabled);
    const bool on = is(option, QStyle::State_On);
    const bool partly = is(option, QStyle::State_NoChange);
    const QColor strong = colour(enabled ? Colour::Accent : Colour::Unknown);
    rounded(painter, option.rect, 3, on || partly ? strong : colour(Colour::Surface),
            on || partly ? strong : colour(Colour::Quiet));
    painter.setPen(QPen(colour(Colour::OnAccent), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const QRectF box = option.rect;
    const auto at = [&box](qreal x, qreal y) {
        return QPointF(box.left() + box.width() * x, box.top() + box.height() * y);
    };
    if (on) {
        QPainterPath tick(at(0.24, 0.52));
        tick.lineTo(at(0.43, 0.71));
        tick.lineTo(at(0.77, 0.31));
        painter.drawPath(tick);
    } else if (partly) {
        painter.drawLine(at(0.28, 0.5), at(0.72, 0.5));
    }
}

void radioButton(QPainter& painter, const QStyleOption& option) {
    const Saved saved(painter);
    const bool on = is(option, QStyle::State_On);
    const QColor strong =
        colour(is(option, QStyle::State_Enabled) ? Colour::Accent : Colour::Unknown);
    const QRectF ring = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(on ? strong : colour(Colour::Quiet), 1));
    painter.setBrush(on ? strong : colour(Colour::Surface));
    painter.drawEllipse(ring);
    if (!on)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Colour::OnAccent));
    const qreal inset = ring.width() * 0.32;
    painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset));
}

void focusRing(QPainter& painter, const QRect& rect) {
    const Saved saved(painter);
    rounded(painter, rect, radius::control, QColor(), colour(Colour::Accent), focusWidth);
}

void frame(QPainter& painter, const QStyleOption& option) {
    const Saved saved(painter);
    rounded(painter, option.rect, radius::card, QColor(), colour(Colour::Line));
}

void floating(QPainter& painter, const QRect& rect) {
    painter.fillRect(rect, colour(Colour::Raised));
    painter.setPen(colour(Colour::Line));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0, 0, -1, -1));
}

void itemRow(QPainter& painter, const QStyleOption& option) {
    if (is(option, QStyle::State_Selected))
        painter.fillRect(option.rect, colour(Colour::Selection));
    else if (is(option, QStyle::State_MouseOver))
        painter.fillRect(option.rect, colour(Colour::Hover));
}

void scrollBar(QPainter& painter, const QStyleOptionComplex& option, const QRect& slider) {
    const Saved saved(painter);
    if (slider.isEmpty())
        return;
    const bool busy = option.activeSubControls.testFlag(QStyle::SC_ScrollBarSlider) &&
                      (is(option, QStyle::State_MouseOver) || is(option, QStyle::State_Sunken));
    const QRectF pill = QRectF(slider).adjusted(3, 3, -3, -3);
    const qreal corner = std::min(pill.width(), pill.height()) / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(blend(colour(Colour::Surface), colour(Colour::Quiet), busy ? 0.8 : 0.4));
    painter.drawRoundedRect(pill, corner, corner);
}

void splitter(QPainter& painter, const QStyleOption& option) {
    const bool moving = is(option, QStyle::State_MouseOver) || is(option, QStyle::State_Sunken);
    const QColor line = colour(moving ? Colour::Accent : Colour::Line);
    const QRect rect = option.rect;
    if (is(option, QStyle::State_Horizontal))
        painter.fillRect(QRect(rect.center().x(), rect.top(), 1, rect.height()), line);
    else
        painter.fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), line);
}

void headerSection(QPainter& painter, const QStyleOption& option) {
    painter.fillRect(option.rect, colour(Colour::Window));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     colour(Colour::Line));
}

void arrowUp(QPainter& painter, const QRect& rect, const QColor& tint) {
    chevron(painter, rect, tint, -1);
}

void arrowDown(QPainter& painter, const QRect& rect, const QColor& tint) {
    chevron(painter, rect, tint, 1);
}

} // namespace ui::shapes
