// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace ui {

/// How the window looks and shows times, and how long checks are kept. Each change counts at once.
class SettingsPage : public QWidget {
    Q_OBJECT

public:
    explicit SettingsPage(QWidget* parent = nullptr);

    /// How many days checks of services are kept.
    [[nodiscard]] static int healthRetention();

Q_SIGNALS:
    void healthRetentionChanged(int days);
    void testNoticeRequested();

private:
    void connectControls();

    QComboBox* m_theme;
    QComboBox* m_density;
    QSpinBox* m_fontSize;
    QComboBox* m_time;
    QCheckBox* m_motion;
    QSpinBox* m_retention;
};

} // namespace ui
