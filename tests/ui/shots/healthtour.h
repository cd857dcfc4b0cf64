// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "photographer.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakelogservice.h"
#include "ui/shell/mainwindow.h"

namespace ui {
class EnvironmentPage;
}

namespace tests {

/// The pages of environments and of health, and the question for a new workspace. What services
/// answer is played.
class HealthTour {
public:
    /// The window shows what these observe.
    HealthTour(ui::MainWindow& window, app::OpenWorkspaces& open, FakeHealth& health,
               FakeLogService& logs, Photographer& camera);

    /// Whether all was reached; where not, what was not is on standard error.
    [[nodiscard]] bool take();

private:
    void takeNewWorkspace();
    void takeEnvironments();
    void chooseWarning(ui::EnvironmentPage& page);
    void takeTrust();
    void takeMatrix();
    void takeCharts();
    /// Until so much was asked.
    [[nodiscard]] bool open(const QString& name, const QByteArray& yaml, std::size_t questions);
    /// The checks of so many seconds, ten apart, up to now.
    void answerChecks(int seconds);
    void answerVersions();
    void burst();

    ui::MainWindow& m_window;
    app::OpenWorkspaces& m_open;
    FakeHealth& m_health;
    FakeLogService& m_logs;
    Photographer& m_camera;
};

} // namespace tests
