// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QWidget>

#include <functional>

namespace ui {

/// Waits for a window to be painted as it is wanted. Main thread.
class WhenPainted final : public QObject {
    Q_OBJECT

public:
    /// Calls then once, in the turn after the first painting that begins with isReady true.
    /// Belongs to the window.
    static void begin(QWidget& window, std::function<bool()> isReady, std::function<void()> then);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    WhenPainted(QWidget& window, std::function<bool()> isReady, std::function<void()> then);

    std::function<bool()> m_isReady;
    std::function<void()> m_then;
};

} // namespace ui
