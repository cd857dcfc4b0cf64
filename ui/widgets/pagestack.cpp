// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pagestack.h"

namespace ui {

PageStack::PageStack(QWidget* parent)
    : QStackedWidget(parent) {
    connect(this, &QStackedWidget::currentChanged, this, &QWidget::updateGeometry);
}

QSize PageStack::sizeHint() const {
    return currentWidget() != nullptr ? currentWidget()->sizeHint() : QSize();
}

QSize PageStack::minimumSizeHint() const {
    const QWidget* const page = currentWidget();
    return page != nullptr ? page->minimumSizeHint().expandedTo(page->minimumSize()) : QSize();
}

} // namespace ui
