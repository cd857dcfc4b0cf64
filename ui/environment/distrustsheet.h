// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/sheet.h"

namespace app {
class OpenWorkspace;
}

namespace ui {

/// Says what stops, before a person takes back that a workspace is trusted.
class DistrustSheet final : public Sheet {
    Q_OBJECT

public:
    /// Asks over the window, and takes the trust back on the answer. Goes with the workspace.
    static void ask(app::OpenWorkspace& workspace, QWidget* window);

private:
    DistrustSheet(app::OpenWorkspace& workspace, QWidget* window);
};

} // namespace ui
