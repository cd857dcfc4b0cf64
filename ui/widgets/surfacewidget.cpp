// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/surfacewidget.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace ui {

void SurfaceWidget::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), colour(m_ground));
}

} // namespace ui
