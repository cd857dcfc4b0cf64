// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace ui {

class MainWindow;

/// With "start" in GANTRY_TRACE: prints a line on standard error once the window has painted the
/// last verdict of every service of the open workspaces. Main thread.
class StartTrace final : public QObject {
    Q_OBJECT

public:
    /// Watches the window where it is asked for, else does nothing. Belongs to the window.
    static void begin(MainWindow& window);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit StartTrace(MainWindow& window);

    MainWindow& m_window;
};

} // namespace ui
