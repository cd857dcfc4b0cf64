// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <chrono>

namespace app {
class OpenWorkspaces;
} // namespace app

namespace ui {

class MainWindow;

/// Shows the window for the first time. One that begins with the environments of several workspaces
/// is laid out and painted once that way, with what was seen last of them, rather than for each of
/// the answers that it waits for. Main thread.
class FirstShow final : public QObject {
    Q_OBJECT

public:
    /// A disk that is slow, or a folder over the network: the window is there all the same.
    static constexpr std::chrono::milliseconds longestUnseen{100};

    /// Shows it at once where nothing is awaited, and else when the last verdicts of all workspaces
    /// are there, at the latest after longest. Call after MainWindow::begin(). open outlives the
    /// window.
    static void begin(MainWindow& window, app::OpenWorkspaces& open,
                      std::chrono::milliseconds longest = longestUnseen);

private:
    FirstShow(MainWindow& window, app::OpenWorkspaces& open, std::chrono::milliseconds longest);

    [[nodiscard]] bool isAllKnown() const;
    void settle();
    void show();

    MainWindow& m_window;
    app::OpenWorkspaces& m_open;
};

} // namespace ui
