// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <memory>

class QApplication;
class QWidget;

namespace ui {

/// What is on screen before the program is: the executable has few libraries and shows what was
/// seen last, and only then loads the rest, which takes several times as long. Main thread.
class Front {
public:
    /// A desktop that does not show the window at once: the program goes on all the same.
    static constexpr std::chrono::milliseconds longestAwaited{200};

    /// Makes the application and shows what was seen last; returns once that is painted. Without
    /// any of it, or without a display, nothing is made.
    Front(int& argc, char** argv);
    ~Front();
    Q_DISABLE_COPY_MOVE(Front)

    /// To be closed once something better is on screen; nullptr: nothing is shown.
    [[nodiscard]] QWidget* window() const;

private:
    std::unique_ptr<QApplication> m_application;
    std::unique_ptr<QWidget> m_window;
};

} // namespace ui
