// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPixmap>
#include <QString>

namespace ui {

/// A square picture of one of our own SVGs: "currentColor" in it becomes colour, "paperColor" (what
/// is cut out of a filled shape) becomes the surface. Cached. size is in device-independent pixels.
[[nodiscard]] QPixmap svgPixmap(const QString& path, const QColor& colour, int size, qreal ratio);

} // namespace ui
