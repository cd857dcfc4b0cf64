// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/timewindow.h"

#include <QWidget>

class QButtonGroup;

namespace ui {

class ActionButton;
class TextLabel;

/// Which time charts show, and the ways to another: how much of it, and up to now again.
class RangeBar final : public QWidget {
    Q_OBJECT

public:
    explicit RangeBar(QWidget* parent = nullptr);

    void showWindow(const TimeWindow& window);

Q_SIGNALS:
    void lengthChosen(ui::TimeWindow::Length length);
    void nowRequested();

private:
    QButtonGroup* m_lengths;
    ActionButton* m_now;
    TextLabel* m_span; ///< what no button says
};

} // namespace ui
