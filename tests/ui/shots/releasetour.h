// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "photographer.h"
#include "tests/support/fakehealth.h"
#include "ui/shell/mainwindow.h"

#include <QTimer>

class QLineEdit;

namespace tests {

/// One release that turns out bad, from its preflight to the rollback that was verified. What the
/// service answers is played; everything that is decided on it is real.
class ReleaseTour {
public:
    ReleaseTour(ui::MainWindow& window, app::OpenWorkspaces& open, FakeHealth& health,
                Photographer& camera);

    /// Whether all was reached; where not, what was not is on standard error.
    [[nodiscard]] bool take();

private:
    [[nodiscard]] bool openRelease();
    [[nodiscard]] bool takePreflight();
    [[nodiscard]] bool takeGate();
    [[nodiscard]] bool takeEnvironment();
    [[nodiscard]] bool takeWatch();
    [[nodiscard]] bool takeRollback();
    [[nodiscard]] bool waitForHeld(int triggers);
    [[nodiscard]] bool takeConditions();
    void answer();
    [[nodiscard]] const models::RunState& state() const;

    ui::MainWindow& m_window;
    app::OpenWorkspaces& m_open;
    FakeHealth& m_health;
    Photographer& m_camera;
    QTimer m_answering;
    QByteArray m_release = "v1.4.0";
    bool m_isReady = false;
    int m_status = 200;
    int m_arriving = 30;
    int m_placesLeft = 80;
};

} // namespace tests
