// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "photographer.h"
#include "tests/support/fakelogservice.h"
#include "ui/shell/mainwindow.h"

namespace tests {

/// The page of logs in its states. What arrives is played, so that each picture shows the same.
class LogTour {
public:
    /// The window shows the service's containers.
    LogTour(ui::MainWindow& window, FakeLogService& logs, Photographer& camera);

    /// Whether all was reached; where not, what was not is on standard error.
    [[nodiscard]] bool take();

private:
    [[nodiscard]] bool openWorkspace();
    [[nodiscard]] bool showContainers();
    [[nodiscard]] bool choose(const QString& container);
    void play();
    [[nodiscard]] bool waitForRows(qint64 rows);

    ui::MainWindow& m_window;
    FakeLogService& m_logs;
    Photographer& m_camera;
};

} // namespace tests
