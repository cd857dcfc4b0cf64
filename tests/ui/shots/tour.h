// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "photographer.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakehostservice.h"
#include "tests/support/fakelogservice.h"
#include "ui/shell/mainwindow.h"

namespace ui {
class RunPage;
}

namespace tests {

/// One walk through the window as a person takes it, by mouse and keys, with a picture of each page
/// in each state on the way.
class Tour {
public:
    /// Pictures are named after what they show and look.
    Tour(const ui::Services& services, FakeHostService& hosts, FakeLogService& logs,
         FakeHealth& health, const QString& folder, const QString& look, const QSize& size);

    /// document: the one that is opened first. Whether all was reached and every picture shows
    /// something; where not, what failed is on standard error.
    [[nodiscard]] bool take(const QString& document);

private:
    [[nodiscard]] bool takeDocuments(const QString& document);
    [[nodiscard]] bool takePages();
    [[nodiscard]] ui::RunPage& page();
    [[nodiscard]] bool openFile(const QString& path);

    app::RunService& m_runs;
    FakeHostService& m_hosts;
    FakeLogService& m_logs;
    FakeHealth& m_health;
    app::OpenWorkspaces& m_open;
    ui::MainWindow m_window;
    Photographer m_camera;
};

} // namespace tests
