// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

class QPainter;

namespace models {
struct StyledLine;
}

namespace ui {

/// Draws columns of a line in cells of one width, in the colours that its program asked for.
/// origin is the line's top left. The painter's font is the monospace one.
void paintStyledLine(QPainter& painter, const QPointF& origin, qreal height, qreal cell,
                     const models::StyledLine& line, int firstColumn, int columns);

} // namespace ui
