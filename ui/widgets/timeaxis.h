// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/plotmargins.h"

#include <QWidget>

namespace ui {

/// The times of the axis, below what is drawn on it.
class TimeAxis final : public QWidget {
    Q_OBJECT

public:
    explicit TimeAxis(PlotMargins margins, QWidget* parent = nullptr);

    void show(const TimeWindow& window);
    using QWidget::show;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    PlotMargins m_margins;
    TimeWindow m_window;
};

} // namespace ui
