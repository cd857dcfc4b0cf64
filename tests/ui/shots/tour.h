// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "photographer.h"
#include "tests/support/fakehealth.h"
#include "tests/support/fakehostservice.h"
#include "tests/support/fakelogservice.h"
#include "ui/shell/mainwindow.h"

class QPushButton;

namespace models {
enum class StepStatus;
}

namespace ui {
class RunPage;
class StepView;
} // namespace ui

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
    [[nodiscard]] bool takeStart();
    [[nodiscard]] bool takeSteps();
    [[nodiscard]] bool takeDecisions();
    [[nodiscard]] bool takeOutcomes();
    [[nodiscard]] bool takeSheets();
    [[nodiscard]] bool takeLocked();
    [[nodiscard]] bool takePages();
    [[nodiscard]] bool takeRollback();
    [[nodiscard]] bool takeSheetOf(Qt::Key key, const QString& name);
    void takeWithDetails(const QString& name);

    [[nodiscard]] ui::RunPage& page();
    [[nodiscard]] ui::StepView& steps();
    [[nodiscard]] QPushButton* primary();
    [[nodiscard]] bool openFile(const QString& path);
    [[nodiscard]] bool select(const QString& title);
    [[nodiscard]] bool reached(const QString& title, models::StepStatus status);
    [[nodiscard]] bool press(const QString& buttonName);
    [[nodiscard]] bool activate();
    void closeDialogs();

    app::RunService& m_runs;
    FakeHostService& m_hosts;
    FakeLogService& m_logs;
    FakeHealth& m_health;
    app::OpenWorkspaces& m_open;
    ui::MainWindow m_window;
    Photographer m_camera;
};

} // namespace tests
