// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/environment/columnsarea.h"

#include <QEvent>
#include <QScrollBar>

namespace ui {

ColumnsArea::ColumnsArea(QWidget* content, QWidget* parent)
    : QScrollArea(parent) {
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
}

QSize ColumnsArea::minimumSizeHint() const {
    return {QScrollArea::minimumSizeHint().width(),
            widget()->minimumSizeHint().height() + horizontalScrollBar()->sizeHint().height()};
}

bool ColumnsArea::eventFilter(QObject* watched, QEvent* event) {
    const bool isFiltered = QScrollArea::eventFilter(watched, event);
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return isFiltered;
}

} // namespace ui
