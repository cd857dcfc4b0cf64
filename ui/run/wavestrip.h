// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/run/waves.h"

#include <QWidget>

class QHBoxLayout;

namespace ui {

class TextLabel;
class WaveButton;

/// The waves of a staged rollout beside one another: how far each is, and what holds it. Hidden
/// where there are none. Where not all fit, those around the one that is under way are shown.
class WaveStrip final : public QWidget {
    Q_OBJECT

public:
    explicit WaveStrip(QWidget* parent = nullptr);

    void showRun(const models::RunState& state);

Q_SIGNALS:
    void stepRequested(int planIndex);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QHBoxLayout* m_row;
    TextLabel* m_label; ///< which of them are shown
    QList<WaveButton*> m_buttons;
    int m_current = 0; ///< the first that is not done
};

} // namespace ui
