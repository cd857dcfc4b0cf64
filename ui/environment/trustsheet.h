// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/sheet.h"

namespace app {
class OpenWorkspace;
}

namespace models {
struct Workspace;
} // namespace models

namespace ui {

/// Shows everything of a workspace that would run by itself, before a person trusts it.
class TrustSheet final : public Sheet {
    Q_OBJECT

public:
    explicit TrustSheet(const models::Workspace& workspace, QWidget* parent = nullptr);

    /// Asks over the window, and trusts on the answer what was shown. Goes with the workspace.
    static void ask(app::OpenWorkspace& workspace, QWidget* window);

    /// One line for each thing that would run by itself: where, what, how often.
    [[nodiscard]] static QStringList linesOf(const models::Workspace& workspace);
    /// How many there are of each kind, as in "4 probes, 1 webhook"; empty for nothing.
    [[nodiscard]] static QString countsOf(const models::Workspace& workspace);
};

} // namespace ui
