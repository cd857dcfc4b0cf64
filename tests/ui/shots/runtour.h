// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "photographer.h"
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

/// One run of the document that is open, from its start through everything that can become of a
/// step to a second run that it keeps out.
class RunTour {
public:
    RunTour(ui::MainWindow& window, app::RunService& runs, Photographer& camera);

    /// Whether all was reached; where not, what was not is on standard error.
    [[nodiscard]] bool take();

private:
    [[nodiscard]] bool takeStart();
    [[nodiscard]] bool takeSteps();
    [[nodiscard]] bool takeOutcomes();
    [[nodiscard]] bool takeLost();
    [[nodiscard]] bool takeDecisions();
    [[nodiscard]] bool takeRollback();
    [[nodiscard]] bool takeSheetOf(Qt::Key key, const QString& name);
    [[nodiscard]] bool takeSheets();
    [[nodiscard]] bool takeLocked();
    void takeWithDetails(const QString& name);

    [[nodiscard]] ui::RunPage& page();
    [[nodiscard]] ui::StepView& steps();
    [[nodiscard]] QPushButton* primary();
    [[nodiscard]] bool select(const QString& title);
    [[nodiscard]] bool reached(const QString& title, models::StepStatus status);
    [[nodiscard]] bool activate();

    ui::MainWindow& m_window;
    app::RunService& m_runs;
    Photographer& m_camera;
};

} // namespace tests
