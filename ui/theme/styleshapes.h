// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/style.h"

class QPainter;
class QStyleOption;
class QStyleOptionComplex;
class QWidget;

namespace ui {

/// The shapes that Style draws, each within the option's rectangle.
namespace shapes {

[[nodiscard]] ButtonKind buttonKind(const QWidget* widget);
/// The colour of a button's words.
[[nodiscard]] QColor buttonText(const QStyleOption& option, ButtonKind kind);

void pushButton(QPainter& painter, const QStyleOption& option, ButtonKind kind);
void toolButton(QPainter& painter, const QStyleOption& option);
void field(QPainter& painter, const QStyleOption& option);
void checkBox(QPainter& painter, const QStyleOption& option);
void radioButton(QPainter& painter, const QStyleOption& option);
void focusRing(QPainter& painter, const QRect& rect);
void frame(QPainter& painter, const QStyleOption& option);
void floating(QPainter& painter, const QRect& rect);
void itemRow(QPainter& painter, const QStyleOption& option);
void scrollBar(QPainter& painter, const QStyleOptionComplex& option, const QRect& slider);
void splitter(QPainter& painter, const QStyleOption& option);
void headerSection(QPainter& painter, const QStyleOption& option);
void arrowUp(QPainter& painter, const QRect& rect, const QColor& colour);
void arrowDown(QPainter& painter, const QRect& rect, const QColor& colour);

} // namespace shapes
} // namespace ui
