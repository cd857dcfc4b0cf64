// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/health/timewindow.h"

#include <QWidget>

namespace ui {

/// The times of the axis, below the charts.
class TimeAxis final : public QWidget {
    Q_OBJECT

public:
    explicit TimeAxis(QWidget* parent = nullptr);

    void show(const TimeWindow& window);
    using QWidget::show;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TimeWindow m_window;
};

} // namespace ui
