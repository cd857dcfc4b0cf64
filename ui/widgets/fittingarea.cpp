// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fittingarea.h"

#include <QLayout>

#include <algorithm>

namespace ui {

namespace {
constexpr int leastHeight = 96; ///< of what scrolls
} // namespace

FittingArea::FittingArea(QWidget* parent)
    : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void FittingArea::fit(int width) {
    QLayout* const layout = widget()->layout();
    layout->activate();
    m_content = {width, layout->hasHeightForWidth() ? layout->totalHeightForWidth(width)
                                                    : layout->totalSizeHint().height()};
    setMaximumHeight(m_content.height());
    updateGeometry();
}

QSize FittingArea::sizeHint() const {
    return m_content;
}

QSize FittingArea::minimumSizeHint() const {
    return {0, std::min(m_content.height(), leastHeight)};
}

} // namespace ui
