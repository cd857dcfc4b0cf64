// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "photographer.h"
#include "tests/support/fakehostservice.h"
#include "ui/shell/mainwindow.h"

namespace tests {

/// The pages of hosts in their states. The connections are played: a picture has to show what a
/// network seldom does.
class HostTour {
public:
    /// The window shows the service's hosts.
    HostTour(ui::MainWindow& window, FakeHostService& hosts, Photographer& camera);

    /// Whether all was reached; where not, what was not is on standard error.
    [[nodiscard]] bool take();

private:
    [[nodiscard]] bool openFleet(int count);
    void takeQuestions();
    void takeStates();
    void takeChecks();
    void ask(const app::SshQuestion& question, const QString& picture);

    ui::MainWindow& m_window;
    FakeHostService& m_hosts;
    Photographer& m_camera;
};

} // namespace tests
